//! An account that is ready for a deployment, and a hand in it.

use std::sync::atomic::Ordering;

use aws_config::SdkConfig;
use aws_sdk_ec2::types::{IpPermission, UserIdGroupPair};
use server::accounts::LOCAL;
use workshop::blueprint::{Kind, Step};
use workshop::model::{Finding, Outcome, PreFlight, PreFlightItem};

use crate::support::TestServer;

/// Longer than anything of a machine takes in an account of this speed.
pub(super) const WHILE_MS: i64 = 5_000;

/// An account that is through with all steps, and a hand in it.
pub(super) struct Ready {
    pub(super) server: TestServer,
    pub(super) config: SdkConfig,
}

impl Ready {
    pub(super) async fn make() -> Self {
        // Time stands still meanwhile, so that the pipeline's first execution is stopped before it
        // has begun.
        let server = TestServer::start_by_hand().await;
        server.make_all(false).await;
        server.clock.fetch_add(WHILE_MS, Ordering::SeqCst);
        for step in Step::ALL {
            let evidence = server.settled(&server.who(), step).await;
            assert_eq!(evidence.outcome(), Outcome::Passed, "{evidence:#?}");
        }
        let config = server.sdk(&server.workspace(LOCAL).await);
        Self { server, config }
    }

    /// A look at everything, again until nothing of it is on its way any more.
    pub(super) async fn look(&self) -> PreFlight {
        for _ in 0..10 {
            let found = self.server.wired.panel.look_before_flight(LOCAL).await;
            let found = found.expect("a look");
            if found.outcome() != Outcome::NotYet {
                return found;
            }
            self.server.clock.fetch_add(WHILE_MS, Ordering::SeqCst);
        }
        panic!("it does not settle");
    }

    /// The row that did not pass. It is the only one, and so is its item.
    pub(super) async fn only(&self, item: PreFlightItem, outcome: Outcome) -> Finding {
        let found = self.look().await;
        for report in &found.items {
            let expected = if report.item == item {
                outcome
            } else {
                Outcome::Passed
            };
            let misses: Vec<_> = report.misses().collect();
            assert_eq!(report.outcome(), expected, "{:?}: {misses:#?}", report.item);
        }
        let mut misses = found
            .items
            .iter()
            .flat_map(workshop::model::ItemReport::misses);
        let miss = misses.next().expect("a row that did not pass").clone();
        assert_eq!(misses.next(), None);
        assert!(miss.cause.is_some(), "{miss:#?}");
        assert!(miss.remedy.is_some(), "{miss:#?}");
        miss
    }

    /// The only row that is wrong, by its key; what it is and what to do about it.
    pub(super) async fn only_wrong(
        &self,
        item: PreFlightItem,
        kind: Kind,
        setting: &str,
    ) -> [String; 3] {
        let miss = self.only(item, Outcome::Wrong).await;
        assert_eq!((miss.kind, miss.setting.as_str()), (kind, setting));
        let text = |text: Option<String>| text.unwrap_or_default();
        [miss.found, text(miss.cause), text(miss.remedy)]
    }

    pub(super) fn ecs(&self) -> aws_sdk_ecs::Client {
        aws_sdk_ecs::Client::new(&self.config)
    }

    pub(super) fn ec2(&self) -> aws_sdk_ec2::Client {
        aws_sdk_ec2::Client::new(&self.config)
    }

    pub(super) async fn group_id(&self, name: &str) -> String {
        let filter = aws_sdk_ec2::types::Filter::builder();
        let filter = filter.name("group-name").values(name).build();
        let asked = self.ec2().describe_security_groups().filters(filter);
        let found = asked.send().await.expect("the groups");
        let group = found.security_groups().first().expect("the group");
        group.group_id().expect("its id").to_owned()
    }

    /// Leaves the balancer one port of the instances.
    pub(super) async fn narrow_the_ports(&self) {
        let balancer = self.group_id("tripmgmt-alb-sg").await;
        let own = self.group_id("tripmgmt-ecs-sg").await;
        let rule = |low, high| {
            let pair = UserIdGroupPair::builder().group_id(&balancer).build();
            let rule = IpPermission::builder().ip_protocol("tcp");
            let rule = rule.from_port(low).to_port(high);
            rule.user_id_group_pairs(pair).build()
        };
        let revoke = self.ec2().revoke_security_group_ingress().group_id(&own);
        let revoked = revoke.ip_permissions(rule(32768, 65535)).send().await;
        revoked.expect("a rule less");
        let admit = self.ec2().authorize_security_group_ingress();
        let admit = admit.group_id(&own).ip_permissions(rule(8080, 8080));
        admit.send().await.expect("a rule");
    }
}
