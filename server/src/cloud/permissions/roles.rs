//! IAM's statements. What gives rights away is for the workshop's roles alone: whoever could make
//! any role and hand it to a machine could do everything.

use workshop::blueprint::{Call, Inputs, Kind, Variables, find};

use super::named;
use super::statement::Statement;

/// The workshop's roles, and the service that each is for.
const ROLES: [(Kind, &str); 5] = [
    (Kind::ExecutionRole, "ecs-tasks.amazonaws.com"),
    (Kind::InstanceRole, "ec2.amazonaws.com"),
    (Kind::CodeDeployRole, "codedeploy.amazonaws.com"),
    (Kind::BuildRole, "codebuild.amazonaws.com"),
    (Kind::PipelineRole, "codepipeline.amazonaws.com"),
];

/// The services that make a role of their own when an account first uses them.
const LINKED: [&str; 4] = [
    "autoscaling.amazonaws.com",
    "ecs.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "rds.amazonaws.com",
];

const PASS: &str = "iam:PassRole";
const LINK: &str = "iam:CreateServiceLinkedRole";

/// The statements for these of IAM's actions.
pub(super) fn statements(actions: &[&str]) -> Vec<Statement> {
    let reads = |action: &&&str| super::reads(action);
    let attaches = |action: &&&str| action.ends_with("RolePolicy") && action.contains("tach");
    let own = |action: &&&str| [PASS, LINK].contains(*action);
    let some = |wanted: &dyn Fn(&&&str) -> bool| -> Vec<&str> {
        actions.iter().filter(wanted).copied().collect()
    };
    let mut roles: Vec<String> = ROLES.iter().map(|(kind, _)| arn("role", *kind)).collect();
    let managed = Statement::new("IamAttach".to_owned(), some(&attaches))
        .on(roles.clone())
        .only_if("ArnEquals", "iam:PolicyARN", policies());
    roles.push(arn("instance-profile", Kind::InstanceProfile));
    let rest = some(&|action| !reads(action) && !attaches(action) && !own(action));
    let mut statements = vec![
        Statement::new("IamRead".to_owned(), some(&reads)),
        Statement::new("IamRoles".to_owned(), rest).on(roles),
        managed,
    ];
    statements.extend(ROLES.iter().map(|(kind, service)| {
        Statement::new(format!("Pass{kind:?}"), some(&|action| **action == PASS))
            .on(vec![arn("role", *kind)])
            .only_if(
                "StringEquals",
                "iam:PassedToService",
                vec![(*service).to_owned()],
            )
    }));
    let linked = vec!["arn:aws:iam::*:role/aws-service-role/*".to_owned()];
    statements.push(
        Statement::new(
            "ServiceLinkedRoles".to_owned(),
            some(&|action| **action == LINK),
        )
        .on(linked)
        .only_if(
            "StringEquals",
            "iam:AWSServiceName",
            LINKED.map(str::to_owned).to_vec(),
        ),
    );
    statements
}

fn arn(sort: &str, kind: Kind) -> String {
    format!("arn:aws:iam::*:{sort}/{}", named(find(kind).name))
}

/// AWS's own policies that the workshop attaches.
fn policies() -> Vec<String> {
    let (chosen, variables) = (std::collections::BTreeMap::new(), Variables::default());
    let calls = ROLES.iter().flat_map(|(kind, _)| {
        let resource = find(*kind);
        (resource.create)(&Inputs::new(resource, &chosen, &variables))
    });
    let attached = |call: &Call| {
        let policy = call.params.get("PolicyArn")?.as_str()?;
        (call.operation == "AttachRolePolicy").then(|| policy.to_owned())
    };
    calls.filter_map(|call| attached(&call)).collect()
}
