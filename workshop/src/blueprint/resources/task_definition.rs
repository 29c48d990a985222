//! The task definition: which container a task runs, with what it needs to start.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Setting, Step, TAG_KEY,
    Variables, Verdict, Yield,
};

const REGISTER_AGAIN: &str = "Create a new revision of {{task_family}}, as this page shows it.";

/// The family; what is looked at is its latest active revision.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::TaskDefinition,
    step: Step::Cluster,
    noun: "Task definition",
    name: "{{task_family}}",
    needs: &[
        Need {
            kind: Kind::ExecutionRole,
            why: "it names the role that pulls the image",
        },
        Need {
            kind: Kind::LogGroup,
            why: "it names where the output goes",
        },
        Need {
            kind: Kind::DbCluster,
            why: "it names the writer endpoint",
        },
        Need {
            kind: Kind::DbPassword,
            why: "it names where the password is read",
        },
        Need {
            kind: Kind::ImageRepository,
            why: "it names the image",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ecs/v2/task-definitions/{{task_family}}?region={{region}}",
    fields: &[
        Field {
            key: "family",
            label: "Task definition family",
            help: "Every deployment adds a revision to it.",
            kind: FieldKind::Fixed,
            default: "{{task_family}}",
        },
        Field {
            key: "memory",
            label: "Task memory (MiB)",
            help: "Three tasks of 500 MiB fit on one t3.small.",
            kind: FieldKind::Number(128, 900),
            default: "500",
        },
        Field {
            key: "cpu",
            label: "Task CPU (units)",
            help: "1024 are one vCPU.",
            kind: FieldKind::Number(128, 512),
            default: "256",
        },
    ],
    settings: &[
        Setting {
            key: "compatibility",
            label: "Launch type",
            expect: Expect::Includes(&["EC2"]),
            cause: "The definition was made for Fargate only.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "network",
            label: "Network mode",
            expect: Expect::Is("bridge"),
            cause: "“awsvpc” is what the console proposes; its tasks have addresses of their own, which target groups of the type “instance” cannot reach.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "memory",
            label: "Task memory",
            expect: Expect::Rule {
                words: "500",
                judge: |found, _| within(found, 500, 900),
            },
            cause: "Twice the tasks have to fit on two instances, or a deployment waits for room that never comes.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "cpu",
            label: "Task CPU",
            expect: Expect::Rule {
                words: "256",
                judge: |found, _| within(found, 256, 1024),
            },
            cause: "Twice the tasks have to fit on two instances with 2048 units each.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "execution_role",
            label: "Task execution role",
            expect: Expect::Is("{{execution_role_arn}}"),
            cause: "Without the role the agent may neither pull the image nor read the password.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "container",
            label: "Container",
            expect: Expect::Is("{{container}}"),
            cause: "The service and appspec.yaml name the container exactly; this one is called differently.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "image",
            label: "Image",
            expect: Expect::Rule {
                words: "{{image_repository_uri}}:latest",
                judge: image,
            },
            cause: "The container runs another image than the one that step 8 pushes.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "ports",
            label: "Port mapping",
            expect: Expect::Is("tcp 8080, any host port"),
            cause: "The application listens on 8080. With a fixed host port an instance holds one task only, and a deployment finds no room.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "url",
            label: "SPRING_DATASOURCE_URL",
            expect: Expect::Is("jdbc:postgresql://{{writer_endpoint}}:5432/{{database_name}}"),
            cause: "The application would not find its database: wrong endpoint, port or database name.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "user",
            label: "SPRING_DATASOURCE_USERNAME",
            expect: Expect::Is("{{db_user}}"),
            cause: "The database knows no user of this name.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "password",
            label: "SPRING_DATASOURCE_PASSWORD",
            expect: Expect::Rule {
                words: "read from {{db_password_parameter}}",
                judge: judge_password,
            },
            cause: "The tasks would start without the password, or with another one's.",
            remedy: REGISTER_AGAIN,
        },
        Setting {
            key: "logs",
            label: "Log group",
            expect: Expect::Is("{{log_group}}"),
            cause: "The output goes elsewhere, or nowhere: when a task stops, nobody can say why.",
            remedy: REGISTER_AGAIN,
        },
    ],
    create: |inputs| vec![register(inputs)],
    // Registering again takes no answer but memory and CPU, so that all of it comes right at once.
    repair: |setting, inputs| vec![register(inputs).settles(&[setting])],
    delete: || {
        let deregister = json!({ "taskDefinition": "{{task_definition_arn}}" });
        vec![Call::new("ecs", "DeregisterTaskDefinition", deregister)]
    },
    yields: &[Yield {
        variable: "task_definition_arn",
        label: "Task definition ARN",
        fact: "arn",
    }],
};

/// `RegisterTaskDefinition`: what `taskdef.json` says, with the image of step 8.
fn register(inputs: &Inputs<'_>) -> Call {
    let environment = json!([
        { "name": "SPRING_DATASOURCE_URL", "value": "jdbc:postgresql://{{writer_endpoint}}:5432/{{database_name}}" },
        { "name": "SPRING_DATASOURCE_USERNAME", "value": "{{db_user}}" },
    ]);
    let container = json!({
        "name": "{{container}}",
        "image": "{{image_repository_uri}}:latest",
        "essential": true,
        // No share of its own: the task's is the container's.
        "cpu": 0,
        "portMappings": [{ "containerPort": 8080, "hostPort": 0, "protocol": "tcp" }],
        "environment": environment,
        "secrets": [{ "name": "SPRING_DATASOURCE_PASSWORD", "valueFrom": "{{db_password_parameter_arn}}" }],
        "logConfiguration": { "logDriver": "awslogs", "options": {
            "awslogs-group": "{{log_group}}",
            "awslogs-region": "{{region}}",
            "awslogs-stream-prefix": "ecs",
        }},
    });
    let params = json!({
        "family": "{{task_family}}",
        "requiresCompatibilities": ["EC2"],
        "networkMode": "bridge",
        "cpu": inputs.text("cpu"),
        "memory": inputs.text("memory"),
        "taskRoleArn": "{{execution_role_arn}}",
        "executionRoleArn": "{{execution_role_arn}}",
        "containerDefinitions": [container],
        "tags": [{ "key": TAG_KEY, "value": "{{workspace}}" }],
    });
    Call::new("ecs", "RegisterTaskDefinition", params)
        .capture("task_definition_arn", "taskDefinition.taskDefinitionArn")
}

/// The workshop's number, or another one that leaves room for twice the tasks.
fn within(found: &[String], wise: u32, most: u32) -> Verdict {
    match found.first().and_then(|text| text.parse::<u32>().ok()) {
        Some(number) if number == wise => Verdict::Right,
        Some(number) if number <= most => {
            Verdict::RightBut("Not the workshop's number, but a deployment still finds room.")
        }
        _ => Verdict::Wrong,
    }
}

/// A port mapping in the words that are expected of it, `tcp 8080, any host port`. A host port of 0
/// is any.
pub fn port_mapping(protocol: Option<&str>, container: i64, host: i64) -> String {
    let protocol = protocol.unwrap_or("tcp");
    match host {
        0 => format!("{protocol} {container}, any host port"),
        host => format!("{protocol} {container}, host port {host}"),
    }
}

/// The image of step 8; or, with a second value, one that is in the repository under a tag of its
/// own, as a release leaves it.
fn image(found: &[String], variables: &Variables) -> Verdict {
    let latest = variables.fill_loosely("{{image_repository_uri}}:latest");
    match found {
        [image] if *image == latest => Verdict::Right,
        [_, _pushed] => Verdict::Right,
        _ => Verdict::Wrong,
    }
}

/// Observed as `parameter <name or ARN>`, or `written out`.
pub(super) fn judge_password(found: &[String], variables: &Variables) -> Verdict {
    // Its ARN follows from its name: that it may not be looked at makes nothing wrong.
    let arn = variables
        .fill("arn:aws:ssm:{{region}}:{{account}}:parameter{{db_password_parameter}}")
        .ok();
    let is = |name: &str| {
        variables.get("db_password_parameter") == Some(name) || arn.as_deref() == Some(name)
    };
    match found {
        [only] if only == "written out" => Verdict::RightBut(
            "Whoever may read task definitions reads the password. The workshop keeps it in a parameter.",
        ),
        [only] => match only.strip_prefix("parameter ") {
            Some(name) if is(name) => Verdict::Right,
            _ => Verdict::Wrong,
        },
        _ => Verdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_comes_from_its_parameter_by_name_or_arn() {
        let mut variables = Variables::default();
        variables.set("db_password_parameter", "/tripmgmt/db-password");
        variables.set("region", "eu-west-1");
        variables.set("account", "123456789012");
        let judge = |found: &str| judge_password(&[found.to_owned()], &variables);
        assert_eq!(judge("parameter /tripmgmt/db-password"), Verdict::Right);
        let arn = |name| format!("parameter arn:aws:ssm:eu-west-1:123456789012:parameter/{name}");
        assert_eq!(judge(&arn("tripmgmt/db-password")), Verdict::Right);
        assert_eq!(judge(&arn("other")), Verdict::Wrong);
        assert_eq!(judge("parameter /other"), Verdict::Wrong);
        assert!(matches!(judge("written out"), Verdict::RightBut(_)));
        assert_eq!(judge_password(&[], &variables), Verdict::Wrong);
    }

    #[test]
    fn the_image_is_the_first_or_one_that_was_pushed() {
        let mut variables = Variables::default();
        variables.set("image_repository_uri", "1.dkr/app");
        let judge = |found: &[&str]| {
            let found: Vec<_> = found.iter().map(|text| (*text).to_owned()).collect();
            image(&found, &variables)
        };
        assert_eq!(judge(&["1.dkr/app:latest"]), Verdict::Right);
        assert_eq!(judge(&["1.dkr/app:107eca8b"]), Verdict::Wrong);
        assert_eq!(judge(&["1.dkr/app:107eca8b", "pushed"]), Verdict::Right);
        assert_eq!(judge(&[]), Verdict::Wrong);
    }

    #[test]
    fn other_sizes_pass_while_there_is_room() {
        let judge = |memory: &str| within(&[memory.to_owned()], 500, 900);
        assert_eq!(judge("500"), Verdict::Right);
        assert!(matches!(judge("512"), Verdict::RightBut(_)));
        assert_eq!(judge("1024"), Verdict::Wrong);
        assert_eq!(judge("half"), Verdict::Wrong);
    }
}
