use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::serve::{Request, Route, Share, admits, serve};
use super::*;
use crate::fault::Fault;
use crate::services::elb::{listeners, load_balancers, rules, target_groups};
use crate::state::Account;

const MINUTE: i64 = 60_000;

/// An account with an active load balancer.
struct World {
    account: Account,
    balancer: String,
}

impl World {
    fn new() -> World {
        let mut world = World {
            account: Account::new("123456789012", 1, 1, 0),
            balancer: String::new(),
        };
        let subnets: Vec<_> = world.cx().region().ec2.subnets.keys().cloned().collect();
        let made = world.make(
            load_balancers::create_load_balancer,
            json!({ "Name": "web", "Subnets": subnets }),
        );
        world.balancer = arn(&made["LoadBalancers"][0]["LoadBalancerArn"]);
        world
    }

    fn cx(&mut self) -> Cx<'_> {
        Cx {
            now: self.account.now,
            account: &mut self.account,
            region: "eu-central-1",
        }
    }

    fn region(&self) -> &Region {
        &self.account.regions["eu-central-1"]
    }

    fn make<I: DeserializeOwned>(
        &mut self,
        operation: fn(&mut Cx, I) -> Result<Value, Fault>,
        input: Value,
    ) -> Value {
        operation(&mut self.cx(), serde_json::from_value(input).unwrap()).unwrap()
    }

    fn group(&mut self, name: &str) -> String {
        let mut vpcs = self
            .cx()
            .region()
            .ec2
            .vpcs
            .keys()
            .cloned()
            .collect::<Vec<_>>();
        let input = json!({
            "Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": vpcs.pop(), "TargetType": "ip",
        });
        let made = self.make(target_groups::create_target_group, input);
        arn(&made["TargetGroups"][0]["TargetGroupArn"])
    }

    fn listener(&mut self, action: &Value) -> String {
        let input = json!({
            "LoadBalancerArn": self.balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": [action],
        });
        let made = self.make(listeners::create_listener, input);
        arn(&made["Listeners"][0]["ListenerArn"])
    }

    fn active(&mut self) {
        crate::handle::advance(&mut self.account, 10 * MINUTE);
    }

    fn serve(&self, listener: &str, host: &str, path: &str) -> Option<Route> {
        let request = Request {
            method: "GET",
            host,
            path,
            query: &[],
            headers: &[],
            source: "192.0.2.1".parse().unwrap(),
        };
        serve(self.region(), listener, &request)
    }
}

fn arn(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn share(target_group: &str, weight: u32, targets: &[(&str, u16)]) -> Share {
    let targets = targets.iter().map(|(id, port)| ((*id).to_owned(), *port));
    Share {
        target_group: target_group.to_owned(),
        weight,
        targets: targets.collect(),
    }
}

#[test]
fn a_load_balancer_answers_once_it_is_active() {
    let mut world = World::new();
    let teapot = json!({
        "Type": "fixed-response",
        "FixedResponseConfig": { "StatusCode": "418", "ContentType": "text/plain", "MessageBody": "no" },
    });
    let listener = world.listener(&teapot);
    assert_eq!(world.serve(&listener, "a.example", "/"), None);
    world.active();
    let answer = Route::Respond {
        status: 418,
        content_type: Some("text/plain".to_owned()),
        body: "no".to_owned(),
    };
    assert_eq!(world.serve(&listener, "a.example", "/"), Some(answer));
    assert_eq!(world.serve("none", "a.example", "/"), None);
}

#[test]
fn requests_go_to_healthy_targets_by_weight_and_to_all_if_there_is_none() {
    let mut world = World::new();
    let (blue, green) = (world.group("blue"), world.group("green"));
    let listener = world.listener(&json!({ "Type": "forward", "TargetGroupArn": blue }));
    world.active();
    set_weights(
        &mut world.cx(),
        &listener,
        vec![(blue.clone(), 100), (green.clone(), 0)],
    );
    assert_eq!(
        weights(world.region(), &listener),
        Some(vec![(blue.clone(), 100), (green.clone(), 0)])
    );
    for (group, id, port) in [
        (&blue, "172.31.0.9", 80),
        (&green, "172.31.0.9", 81),
        (&green, "172.31.0.8", 81),
    ] {
        register(&mut world.cx(), group, id, port);
    }
    let blues = || share(&blue, 100, &[("172.31.0.9", 80)]);
    let greens = [("172.31.0.9", 81), ("172.31.0.8", 81)];
    let all = Route::Forward(vec![blues(), share(&green, 0, &greens)]);
    assert_eq!(world.serve(&listener, "a.example", "/"), Some(all));
    let mut cx = world.cx();
    let groups = &mut cx.region().elb.target_groups;
    groups.get_mut(&green).unwrap().targets[1].life = Life::healthy();
    let routed = Route::Forward(vec![blues(), share(&green, 0, &greens[1..])]);
    assert_eq!(world.serve(&listener, "a.example", "/"), Some(routed));
    assert_eq!(
        health(world.region(), &green, "172.31.0.8", 81),
        Some(Health::Healthy)
    );
    deregister(&mut world.cx(), &green, "172.31.0.8", 81);
    assert_eq!(
        health(world.region(), &green, "172.31.0.8", 81),
        Some(Health::Draining)
    );
    let routed = Route::Forward(vec![blues(), share(&green, 0, &greens[..1])]);
    assert_eq!(world.serve(&listener, "a.example", "/"), Some(routed));
    crate::handle::advance(&mut world.account, 20 * MINUTE);
    assert_eq!(health(world.region(), &green, "172.31.0.8", 81), None);
    let unanswered = health(world.region(), &blue, "172.31.0.9", 80);
    let reason = ("Target.Timeout".to_owned(), "Request timed out".to_owned());
    assert_eq!(unanswered, Some(Health::Unhealthy(reason.0, reason.1)));
}

#[test]
fn the_first_rule_whose_conditions_are_met_decides() {
    let mut world = World::new();
    let group = world.group("blue");
    let listener = world.listener(&json!({ "Type": "forward", "TargetGroupArn": group }));
    world.active();
    let redirect = json!({
        "Type": "redirect",
        "RedirectConfig": { "Host": "b.example", "StatusCode": "HTTP_302" },
    });
    for (priority, conditions) in [
        (
            20,
            json!([{ "Field": "path-pattern", "Values": ["/img/*"] }]),
        ),
        (
            10,
            json!([
                { "Field": "path-pattern", "Values": ["/img/?.png"] },
                { "Field": "host-header", "Values": ["*.EXAMPLE"] },
            ]),
        ),
    ] {
        let status = (priority + 400).to_string();
        let respond =
            json!({ "Type": "fixed-response", "FixedResponseConfig": { "StatusCode": status } });
        let action = if priority == 10 {
            respond
        } else {
            redirect.clone()
        };
        let input = json!({
            "ListenerArn": listener, "Priority": priority, "Conditions": conditions, "Actions": [action],
        });
        world.make(rules::create_rule, input);
    }
    let respond = Route::Respond {
        status: 410,
        content_type: None,
        body: String::new(),
    };
    let redirect = Route::Redirect {
        status: 302,
        to: "#{protocol}://b.example:#{port}/#{path}?#{query}".to_owned(),
    };
    let forward = Route::Forward(vec![share(&group, 1, &[])]);
    for (host, path, route) in [
        ("a.example", "/img/a.png", &respond),
        ("a.example", "/img/ab.png", &redirect),
        ("a.other", "/img/a.png", &redirect),
        ("a.example", "/IMG/a.png", &forward),
    ] {
        assert_eq!(
            world.serve(&listener, host, path).as_ref(),
            Some(route),
            "{host}{path}"
        );
    }
}

#[test]
fn what_others_know_of_it() {
    let mut world = World::new();
    let group_arn = world.group("blue");
    assert_eq!(group_named(world.region(), "blue"), Some(group_arn.clone()));
    assert_eq!(
        group(world.region(), &group_arn).unwrap().load_balancer,
        None
    );
    let forward = json!({ "Type": "forward", "TargetGroupArn": group_arn });
    let listener_arn = world.listener(&forward);
    let facts = group(world.region(), &group_arn).unwrap();
    assert_eq!(facts.load_balancer.as_ref(), Some(&world.balancer));
    let facts = listener(world.region(), &listener_arn).unwrap();
    assert_eq!(
        (facts.load_balancer.as_str(), facts.port),
        (world.balancer.as_str(), 80)
    );
    // The default security group lets nobody in but its own.
    let client = "192.0.2.1".parse().unwrap();
    assert!(!admits(world.region(), &listener_arn, client));
    assert!(!admits(world.region(), "none", client));
}
