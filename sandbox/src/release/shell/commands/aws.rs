//! The few calls of the AWS CLI that buildspecs make, with the rights of the build's role.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::release::shell::execute::{Ran, Shell};
use crate::services::{ecr, iam, ssm};

/// The statuses of the AWS CLI (User Guide, "Command line return codes").
const REFUSED: u8 = 254;
const MISCONFIGURED: u8 = 253;
const MISUSED: u8 = 252;

/// The options of a call: `--name value`, or `--name` alone.
struct Options<'a>(&'a [String]);

impl<'a> Options<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.0.iter();
        while let Some(option) = rest.next() {
            match option.strip_prefix(name) {
                Some("") => return rest.next().map(String::as_str),
                Some(value) if value.starts_with('=') => return Some(&value[1..]),
                _ => {}
            }
        }
        None
    }
}

pub(super) fn aws(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    shell.takes(10);
    let words = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    if words == ["--version"] {
        return Ran::out("aws-cli/2.31.0 Python/3.13.7 Linux/4.14 exe/x86_64.amzn.2023\n");
    }
    let [service, operation, ..] = words[..] else {
        return Ran::failed(
            MISUSED,
            "usage: aws [options] <command> <subcommand> [parameters]",
        );
    };
    let options = Options(&arguments[2..]);
    let variables = &shell.machine.variables;
    let configured = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let region = options.get("--region").map(str::to_owned).or_else(|| {
        let mut found = configured.iter().filter_map(|name| variables.get(*name));
        found.next().cloned()
    });
    let Some(region) = region.filter(|region| !region.is_empty()) else {
        let words = "\nYou must specify a region. You can also configure your region by running \"aws configure\".";
        return Ran::failed(MISCONFIGURED, words);
    };
    match (service, operation) {
        ("sts", "get-caller-identity") => identity(shell, &options),
        ("ecr", "get-login-password") => login_password(shell, &region),
        ("ecr", "describe-images") => describe_images(shell, &options, &region),
        ("ssm", "get-parameter") => parameter(shell, &options, &region),
        _ => Ran::failed(
            MISUSED,
            format!("aws: {service} {operation} is not simulated in builds"),
        ),
    }
}

/// Whether the role may; if not, the CLI's words for that.
fn authorize(shell: &Shell, operation: &str, action: &str, resource: &str) -> Result<(), Ran> {
    let around = shell.surroundings;
    iam::authorize(
        shell.cx,
        &around.role,
        &around.session,
        action,
        resource,
        &[],
    )
    .map_err(|why| refused(operation, "AccessDeniedException", &why))
}

fn refused(operation: &str, code: &str, why: &str) -> Ran {
    Ran::failed(
        REFUSED,
        format!("\nAn error occurred ({code}) when calling the {operation} operation: {why}"),
    )
}

fn identity(shell: &Shell, options: &Options) -> Ran {
    let account = &shell.cx.account.id;
    let around = shell.surroundings;
    let role = around.role.rsplit('/').next().unwrap_or_default();
    let session = &around.session;
    shown(
        options,
        &serde_json::json!({
            "UserId": format!("AROASANDBOXBUILDROLE1:{session}"),
            "Account": account,
            "Arn": format!("arn:aws:sts::{account}:assumed-role/{role}/{session}"),
        }),
    )
}

/// What `docker login` takes for the registry of that Region: it follows from the session.
pub(super) fn password(shell: &Shell, region: &str) -> String {
    let text = format!("{} {region}", shell.surroundings.session);
    hex::encode(Sha256::digest(text))
}

fn login_password(shell: &Shell, region: &str) -> Ran {
    let action = "ecr:GetAuthorizationToken";
    match authorize(shell, "GetAuthorizationToken", action, "*") {
        Ok(()) => Ran::out(password(shell, region) + "\n"),
        Err(ran) => ran,
    }
}

fn describe_images(shell: &mut Shell, options: &Options, region: &str) -> Ran {
    let Some(repository) = options.get("--repository-name") else {
        return Ran::failed(
            MISUSED,
            "aws: error: the following arguments are required: --repository-name",
        );
    };
    let account = &shell.cx.account.id;
    let resource = format!("arn:aws:ecr:{region}:{account}:repository/{repository}");
    if let Err(ran) = authorize(shell, "DescribeImages", "ecr:DescribeImages", &resource) {
        return ran;
    }
    let tag = options
        .get("--image-ids")
        .and_then(|ids| ids.strip_prefix("imageTag="));
    let found = ecr::images_in(&mut shell.cx.elsewhere(region), repository, tag);
    match found {
        Ok(found) => shown(options, &found),
        Err(fault) => refused("DescribeImages", &fault.code, &fault.message),
    }
}

fn parameter(shell: &mut Shell, options: &Options, region: &str) -> Ran {
    let Some(name) = options.get("--name") else {
        return Ran::failed(
            MISUSED,
            "aws: error: the following arguments are required: --name",
        );
    };
    let account = &shell.cx.account.id;
    let path = name.trim_start_matches('/');
    let resource = format!("arn:aws:ssm:{region}:{account}:parameter/{path}");
    if let Err(ran) = authorize(shell, "GetParameter", "ssm:GetParameter", &resource) {
        return ran;
    }
    match ssm::plain(&shell.cx.elsewhere(region), name) {
        Some(value) => shown(
            options,
            &serde_json::json!({"Parameter": {"Name": name, "Value": value}}),
        ),
        None => refused("GetParameter", "ParameterNotFound", ""),
    }
}

/// The answer as `--query` (names with dots and positions) and `--output` want it.
fn shown(options: &Options, answer: &Value) -> Ran {
    let mut value = answer;
    for part in options
        .get("--query")
        .unwrap_or_default()
        .split(['.', '[', ']'])
    {
        value = match part.parse::<usize>() {
            _ if part.is_empty() => value,
            Ok(at) => value.get(at).unwrap_or(&Value::Null),
            Err(_) => value.get(part).unwrap_or(&Value::Null),
        };
    }
    match (options.get("--output"), value) {
        (Some("text"), Value::Null) => Ran::out("None\n"),
        (Some("text"), Value::String(text)) => Ran::out(format!("{text}\n")),
        (_, value) => Ran::out(serde_json::to_string_pretty(value).unwrap_or_default() + "\n"),
    }
}
