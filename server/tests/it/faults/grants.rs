//! Policies of the workshop's roles from which something is missing.

use serde_json::{Value, json};
use workshop::blueprint::Grant;

use super::account::Hand;

impl Hand {
    /// Gives `role` the workshop's policy, but for the grants of one setting.
    pub(super) async fn grant_all_but(
        &self,
        role: &str,
        policy: &str,
        grants: &[Grant],
        setting: &str,
    ) {
        let variables = self.variables().await;
        let granted = grants.iter().filter(|grant| grant.setting != setting);
        let statements = granted.map(|grant| {
            let resources = grant.resources.iter();
            let resources: Vec<_> = resources.map(|text| variables.fill_loosely(text)).collect();
            let mut statement = json!({
                "Effect": "Allow", "Action": grant.actions, "Resource": resources,
            });
            if let Some(service) = grant.passed_to {
                statement["Condition"] =
                    json!({ "StringEquals": { "iam:PassedToService": service } });
            }
            statement
        });
        self.put_policy(role, policy, statements.collect()).await;
    }

    /// Gives `role` an inline policy of these statements.
    pub(super) async fn put_policy(&self, role: &str, policy: &str, statements: Vec<Value>) {
        let document = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
        let put = self.iam.put_role_policy().role_name(role);
        let put = put.policy_name(policy).policy_document(document);
        put.send().await.expect("a policy");
    }

    /// A role of this name that the service may take on, and that may do nothing. Its ARN.
    pub(super) async fn role_for(&self, name: &str, service: &str) -> String {
        let create = self.iam.create_role().role_name(name);
        let made = create
            .assume_role_policy_document(trust(service))
            .send()
            .await;
        made.expect("a role").role.expect("the role").arn
    }

    /// Lets the service, and no other, take `role` on.
    pub(super) async fn trust_service(&self, role: &str, service: &str) {
        let update = self.iam.update_assume_role_policy().role_name(role);
        let update = update.policy_document(trust(service)).send().await;
        update.expect("a trust policy");
    }
}

fn trust(service: &str) -> String {
    let statement = json!({
        "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole",
    });
    json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
}
