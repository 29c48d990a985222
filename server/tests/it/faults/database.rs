//! Faults of step 3.

mod cluster;
mod group;
mod instances;
mod password;
mod states;

use aws_sdk_ec2::types::{IpPermission, IpRange};
use aws_sdk_rds::operation::create_db_cluster::builders::CreateDBClusterFluentBuilder;
use aws_sdk_ssm::types::ParameterType;

use super::account::Hand;
use super::fault::{Fault, try_all};

pub(super) const CLUSTER: &str = "tripmgmt-dbcluster";
pub(super) const WRITER: &str = "tripmgmt-dbcluster-instance-1";
pub(super) const READER: &str = "tripmgmt-dbcluster-instance-2";
pub(super) const GROUP: &str = "tripmgmt-dbcluster-sg";
pub(super) const PASSWORD: &str = "/tripmgmt/db-password";
/// A cluster that has nothing to do with the workshop.
pub(super) const OTHER: &str = "another-database";
/// Aurora's engines: the workshop's and the other one.
const POSTGRESQL: &str = "aurora-postgresql";
const MYSQL: &str = "aurora-mysql";

pub(super) fn faults() -> Vec<Fault> {
    let lists = [
        group::faults(),
        password::faults(),
        cluster::faults(),
        instances::faults(),
        states::faults(),
    ];
    lists.into_iter().flatten().collect()
}

impl Hand {
    pub(super) async fn group_id(&self, name: &str) -> String {
        let groups = self
            .ec2
            .describe_security_groups()
            .send()
            .await
            .expect("the groups");
        let group = groups
            .security_groups()
            .iter()
            .find(|group| group.group_name() == Some(name));
        group
            .and_then(|group| group.group_id())
            .expect("the group")
            .to_owned()
    }

    pub(in crate::faults) async fn close(&self) {
        let id = self.group_id(GROUP).await;
        let groups = self
            .ec2
            .describe_security_groups()
            .group_ids(&id)
            .send()
            .await
            .expect("the group");
        let rules = groups.security_groups()[0].ip_permissions().to_vec();
        let revoke = self.ec2.revoke_security_group_ingress().group_id(id);
        revoke
            .set_ip_permissions(Some(rules))
            .send()
            .await
            .expect("no rules");
    }

    async fn open(&self, protocol: &str, port: i32, cidr: &str) {
        let range = IpRange::builder().cidr_ip(cidr).build();
        let rule = IpPermission::builder()
            .ip_protocol(protocol)
            .from_port(port)
            .to_port(port)
            .ip_ranges(range);
        let authorize = self
            .ec2
            .authorize_security_group_ingress()
            .group_id(self.group_id(GROUP).await);
        authorize
            .ip_permissions(rule.build())
            .send()
            .await
            .expect("a rule");
    }

    pub(super) async fn password(&self, kind: ParameterType, value: &str) {
        let put = self
            .ssm
            .put_parameter()
            .name(PASSWORD)
            .r#type(kind)
            .value(value);
        put.overwrite(true).send().await.expect("a parameter");
    }

    pub(super) async fn zone(&self, instance: &str) -> String {
        let asked = self
            .rds
            .describe_db_instances()
            .db_instance_identifier(instance);
        let answer = asked.send().await.expect("the instance");
        answer.db_instances()[0]
            .availability_zone()
            .expect("a zone")
            .to_owned()
    }

    pub(super) fn cluster(&self, name: &str) -> CreateDBClusterFluentBuilder {
        let create = self
            .rds
            .create_db_cluster()
            .db_cluster_identifier(name)
            .engine(POSTGRESQL);
        create
            .master_username("postgres")
            .master_user_password("9f86d081884c7d659a2f")
            .database_name("tripmgmt")
    }

    /// Makes an instance in a cluster, whose engine it has.
    pub(super) async fn instance(&self, name: &str, cluster: &str, zone: Option<&str>) {
        let create = self
            .rds
            .create_db_instance()
            .db_instance_identifier(name)
            .db_cluster_identifier(cluster);
        let create = create
            .engine(self.engine_of(cluster).await)
            .db_instance_class("db.t3.medium")
            .publicly_accessible(true);
        create
            .set_availability_zone(zone.map(str::to_owned))
            .send()
            .await
            .expect("an instance");
    }

    async fn engine_of(&self, cluster: &str) -> String {
        let asked = self
            .rds
            .describe_db_clusters()
            .db_cluster_identifier(cluster);
        let answer = asked.send().await.expect("the cluster");
        answer.db_clusters()[0]
            .engine()
            .expect("an engine")
            .to_owned()
    }

    pub(super) async fn delete_instance(&self, name: &str) {
        let delete = self
            .rds
            .delete_db_instance()
            .db_instance_identifier(name)
            .skip_final_snapshot(true);
        delete.send().await.expect("an instance less");
    }

    async fn delete_cluster(&self) {
        let delete = self
            .rds
            .delete_db_cluster()
            .db_cluster_identifier(CLUSTER)
            .skip_final_snapshot(true);
        delete.send().await.expect("a cluster less");
    }

    async fn class(&self, instance: &str, class: &str) {
        let modify = self
            .rds
            .modify_db_instance()
            .db_instance_identifier(instance);
        modify
            .db_instance_class(class)
            .apply_immediately(true)
            .send()
            .await
            .expect("a class");
        self.wait();
    }

    /// Makes the cluster and its instances anew, the cluster with a change.
    async fn make_again(
        &self,
        change: impl FnOnce(CreateDBClusterFluentBuilder) -> CreateDBClusterFluentBuilder,
    ) {
        self.begin_again(change).await;
        self.wait();
    }

    /// The same, and they are still on their way.
    pub(super) async fn make_again_without_waiting(&self) {
        self.begin_again(|cluster| cluster).await;
    }

    async fn begin_again(
        &self,
        change: impl FnOnce(CreateDBClusterFluentBuilder) -> CreateDBClusterFluentBuilder,
    ) {
        let zones = [
            (WRITER, self.zone(WRITER).await),
            (READER, self.zone(READER).await),
        ];
        self.delete_instance(READER).await;
        self.delete_instance(WRITER).await;
        self.wait();
        self.delete_cluster().await;
        self.wait();
        let cluster = self
            .cluster(CLUSTER)
            .vpc_security_group_ids(self.group_id(GROUP).await);
        change(cluster).send().await.expect("a cluster");
        for (name, zone) in zones {
            self.instance(name, CLUSTER, Some(&zone)).await;
        }
    }

    /// Makes an instance anew in another cluster, which is made for it.
    async fn move_to_other_cluster(&self, instance: &str, engine: &str) {
        let zone = self.zone(instance).await;
        self.delete_instance(instance).await;
        let other = self.cluster(OTHER).engine(engine);
        other.send().await.expect("a cluster");
        self.wait();
        self.instance(instance, OTHER, Some(&zone)).await;
        self.wait();
    }
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
