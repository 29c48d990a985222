//! The resources that a call is about, as ARNs.

use std::iter;

use serde_json::Value;

use crate::context::Cx;
use crate::services::iam;

/// What the templates become with these parameters; `*` where there is no template.
pub(super) fn all(cx: &Cx, service: &str, templates: &[&str], input: &Value) -> Vec<String> {
    if templates.is_empty() {
        return vec!["*".to_owned()];
    }
    let expanded = templates
        .iter()
        .flat_map(|template| expand(cx, service, template, input));
    expanded
        .map(|resource| settled(cx, service, resource))
        .collect()
}

/// The texts of the first of the parameters (`a.b|c`) that is given; through lists, all of them.
pub(super) fn values<'a>(input: &'a Value, paths: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let found = paths.split('|').map(|path| {
        let mut found = vec![input];
        for name in path.split('.') {
            found = found
                .into_iter()
                .flat_map(each)
                .filter_map(|value| value.get(name))
                .collect();
        }
        found
    });
    let mut found = found.filter(|found| !found.is_empty());
    let texts = found.next().unwrap_or_default().into_iter().flat_map(each);
    // A list of structures is given, though it has no text.
    texts.map(|value| value.as_str().unwrap_or_default())
}

/// The elements of a list, or the value itself.
fn each(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Null => Box::new(iter::empty()),
        value => Box::new(iter::once(value)),
    }
}

/// What a parameter hands over: an ARN, or a role of that name.
pub(super) fn handed(cx: &Cx, value: &str) -> String {
    if value.starts_with("arn:") {
        return value.to_owned();
    }
    let arn = cx.global_arn("iam", &format!("role/{value}"));
    iam::with_path(cx, &arn).unwrap_or(arn)
}

/// The action by the name of the service that the resource is of: a connection has an older one.
pub(super) fn action_on(action: &str, resource: &str) -> String {
    match action.split_once(':') {
        Some(("codeconnections", name))
            if resource.starts_with("arn:aws:codestar-connections:") =>
        {
            format!("codestar-connections:{name}")
        }
        _ => action.to_owned(),
    }
}

fn expand(cx: &Cx, service: &str, template: &str, input: &Value) -> Vec<String> {
    let start = match service {
        _ if template.starts_with("arn:") => String::new(),
        "s3" => "arn:aws:s3:::".to_owned(),
        "iam" => cx.global_arn("iam", ""),
        service => cx.arn(service, ""),
    };
    let mut made = vec![start];
    let mut rest = template;
    while let Some((before, (place, after))) = rest
        .split_once('{')
        .and_then(|(before, from)| Some((before, from.split_once('}')?)))
    {
        rest = after;
        let Some(values) = filled(cx, service, place, input) else {
            return Vec::new();
        };
        let is_last = !after.contains('{');
        let next = made.iter().flat_map(|made| {
            values
                .iter()
                .map(move |value| match value.rsplit_once('/') {
                    // An ARN says it all; that of a cluster, say, only the cluster's name.
                    _ if is_last && value.starts_with("arn:") => value.clone(),
                    Some((_, name)) if value.starts_with("arn:") => format!("{made}{before}{name}"),
                    _ => format!("{made}{before}{value}"),
                })
        });
        made = next.collect();
        if is_last && made.iter().all(|made| values.contains(made)) {
            return made;
        }
    }
    made.into_iter().map(|made| made + rest).collect()
}

/// The values for a place in a template; `None` if the resource is not part of this call.
fn filled(cx: &Cx, service: &str, place: &str, input: &Value) -> Option<Vec<String>> {
    if place == "region" {
        return Some(vec![cx.region.to_owned()]);
    }
    let (paths, default) = match place.split_once('=') {
        Some((paths, default)) => (paths, default),
        None => (place, "*"),
    };
    let values = values(input, paths.trim_end_matches('?'));
    let values: Vec<String> = values.map(|value| named(service, value)).collect();
    match values.is_empty() {
        true if paths.ends_with('?') => None,
        true => Some(vec![default.to_owned()]),
        false => Some(values),
    }
}

/// The part of a value that is in an ARN.
fn named(service: &str, value: &str) -> String {
    let cut = |value: &str| value.split(':').next().unwrap_or_default().to_owned();
    match service {
        _ if value.starts_with("arn:") => value.to_owned(),
        // The version or label of a parameter, and the number of a build.
        "ssm" => cut(value.trim_start_matches('/')),
        "codebuild" => cut(value),
        _ => value.to_owned(),
    }
}

/// What a name alone does not tell.
fn settled(cx: &Cx, service: &str, resource: String) -> String {
    match service {
        "iam" => iam::with_path(cx, &resource).unwrap_or(resource),
        // Public parameters are nobody's.
        "ssm" => {
            let ours = cx.arn("ssm", "parameter/aws/service/");
            match resource.strip_prefix(&ours) {
                Some(name) => format!("arn:aws:ssm:{}::parameter/aws/service/{name}", cx.region),
                None => resource,
            }
        }
        // An id says of what it is.
        "ec2" => {
            let any = cx.arn("ec2", "*/");
            match resource.strip_prefix(&any) {
                Some(id) => cx.arn("ec2", &format!("{}/{id}", sort(id))),
                None => resource,
            }
        }
        _ => resource,
    }
}

/// The sort of an EC2 resource, by its id (EC2 User Guide, "Resource IDs").
fn sort(id: &str) -> &'static str {
    match id.split('-').next().unwrap_or_default() {
        "i" => "instance",
        "sg" => "security-group",
        "sgr" => "security-group-rule",
        "lt" => "launch-template",
        "vpc" => "vpc",
        "subnet" => "subnet",
        "key" => "key-pair",
        "ami" => "image",
        "eni" => "network-interface",
        "vol" => "volume",
        "igw" => "internet-gateway",
        "rtb" => "route-table",
        _ => "*",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::state::Account;

    fn expanded(service: &str, templates: &[&str], input: &Value) -> Vec<String> {
        let mut account = Account::new("123456789012", 1, 1, 0);
        let cx = Cx {
            account: &mut account,
            region: "eu-west-1",
            now: 0,
        };
        all(&cx, service, templates, input)
    }

    #[test]
    fn parameters_fill_the_templates() {
        let ecs = |rest: &str| format!("arn:aws:ecs:eu-west-1:123456789012:{rest}");
        let service = ["service/{cluster=default}/{services}"];
        for (input, resources) in [
            (
                json!({"services": ["a", "b"]}),
                vec![ecs("service/default/a"), ecs("service/default/b")],
            ),
            (
                json!({"cluster": ecs("cluster/c"), "services": ["a"]}),
                vec![ecs("service/c/a")],
            ),
            (
                json!({"services": [ecs("service/c/a"), "b"]}),
                vec![ecs("service/c/a"), ecs("service/default/b")],
            ),
            (json!({"cluster": "c"}), vec![ecs("service/c/*")]),
        ] {
            assert_eq!(expanded("ecs", &service, &input), resources, "{input}");
        }
    }

    #[test]
    fn what_is_not_part_of_the_call_is_left_out() {
        let templates = ["security-group/*", "vpc/{VpcId?}"];
        assert_eq!(
            expanded("ec2", &templates, &json!({})),
            ["arn:aws:ec2:eu-west-1:123456789012:security-group/*"]
        );
        assert_eq!(expanded("ec2", &[], &json!({})), ["*"]);
    }

    #[test]
    fn names_become_what_arns_have() {
        let one = |service, template: &str, input: Value| expanded(service, &[template], &input);
        assert_eq!(
            one("ssm", "parameter/{Name}", json!({"Name": "/tripmgmt/db:3"})),
            ["arn:aws:ssm:eu-west-1:123456789012:parameter/tripmgmt/db"]
        );
        assert_eq!(
            one("ssm", "parameter/{Name}", json!({"Name": "/aws/service/x"})),
            ["arn:aws:ssm:eu-west-1::parameter/aws/service/x"]
        );
        assert_eq!(
            one("codebuild", "project/{ids}", json!({"ids": ["app:1-2"]})),
            ["arn:aws:codebuild:eu-west-1:123456789012:project/app"]
        );
        assert_eq!(
            one("ec2", "*/{ResourceId}", json!({"ResourceId": ["sg-1"]})),
            ["arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1"]
        );
        assert_eq!(
            one(
                "s3",
                "{Bucket}/{Delete.Object.Key}",
                json!({"Bucket": "b", "Delete": {"Object": [{"Key": "k/x"}]}})
            ),
            ["arn:aws:s3:::b/k/x"]
        );
        assert_eq!(
            one(
                "iam",
                "role{Path=/}{RoleName}",
                json!({"Path": "/p/", "RoleName": "r"})
            ),
            ["arn:aws:iam::123456789012:role/p/r"]
        );
    }
}
