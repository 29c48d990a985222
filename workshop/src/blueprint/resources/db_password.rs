//! The database's password, kept as an SSM `SecureString` so that no file has to hold it.

use serde_json::{Value, json};

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Secret, Setting, Step, Verdict,
    Yield, resource::tags,
};

/// The parameter.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::DbPassword,
    step: Step::Database,
    noun: "SSM parameter",
    name: "{{db_password_parameter}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/systems-manager/parameters{{db_password_parameter}}/description?region={{region}}",
    fields: &[
        Field {
            key: "name",
            label: "Parameter name",
            help: "The task definition names it under secrets.valueFrom, so that the public repository never holds the password.",
            kind: FieldKind::Fixed,
            default: "{{db_password_parameter}}",
        },
        Field {
            key: "password",
            label: "Master password",
            help: "Leave it empty and a strong one is made, which nobody has to know. The workshop's postgres123 is allowed, with a warning.",
            kind: FieldKind::Password,
            default: "",
        },
    ],
    settings: &[
        Setting {
            key: "type",
            label: "Type",
            expect: Expect::Is("SecureString"),
            cause: "A plain String is readable for everyone who may list parameters.",
            remedy: "Delete the parameter and make it again with the type SecureString.",
        },
        Setting {
            key: "strength",
            label: "Password",
            expect: Expect::Rule {
                words: "a strong one, not shown",
                judge: |found, _| match found {
                    [only] if only == "strong" => Verdict::Right,
                    [only] if only == "the workshop's own" => Verdict::RightBut(
                        "postgres123 stands in the workshop's text, for everyone to read.",
                    ),
                    [only] if only == "weak" => Verdict::RightBut(
                        "It is short; twelve characters or more are hard to guess.",
                    ),
                    _ => Verdict::Wrong,
                },
            },
            cause: "Aurora takes no password that is shorter than 8 characters or holds / @ \" or a space.",
            remedy: "Put a password of 8 or more characters, without / @ \" and spaces, into the parameter.",
        },
    ],
    create: |inputs| {
        let params = json!({
            "Name": "{{db_password_parameter}}",
            "Description": "Master password of the workshop's database",
            "Type": "SecureString",
            "Value": value(inputs),
            "Tags": tags(),
        });
        vec![Call::new("ssm", "PutParameter", params).done_if(&["ParameterAlreadyExists"])]
    },
    repair: |_, _| Vec::new(),
    delete: || {
        let delete = json!({ "Name": "{{db_password_parameter}}" });
        vec![Call::new("ssm", "DeleteParameter", delete).done_if(&["ParameterNotFound"])]
    },
    yields: &[Yield {
        variable: "db_password_parameter_arn",
        label: "Password parameter ARN",
        fact: "arn",
    }],
};

fn value(inputs: &Inputs<'_>) -> Value {
    let secret = if inputs.text("password").is_empty() {
        Secret::Generate("password".to_owned())
    } else {
        Secret::Typed("db_password.password".to_owned())
    };
    secret.to_param()
}
