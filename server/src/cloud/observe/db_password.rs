//! The parameter that holds the database's password. The value is judged and forgotten.

use aws_sdk_ssm::types::{Parameter, ParameterType, ResourceTypeForTagging};
use workshop::model::{Fact, Facts, Observation};

use super::near;
use super::reading::{Looked, absent, only, workspace};
use crate::cloud::clients::Clients;
use crate::cloud::{CloudError, CloudErrorKind};

/// `GetParameter` with decryption; without it where the key may not be used, so that only the
/// password's strength stays unknown.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    let (found, strength) = match read(clients, looked.name, true).await {
        Ok(found) => {
            let value = found.as_ref().and_then(|parameter| parameter.value());
            let strength = Fact::Found(only(value.map(strength)));
            (found, strength)
        }
        // KMS's refusals reach us as one of these.
        Err(refused)
            if matches!(refused.kind, CloudErrorKind::Denied { .. })
                || refused.code() == Some("InvalidKeyId") =>
        {
            let found = read(clients, looked.name, false).await?;
            (found, Fact::Unknown(refused.trouble()))
        }
        Err(error) => return Err(error),
    };
    if let Some(parameter) = found {
        let arn = parameter.arn().unwrap_or_default();
        let facts = Facts::new(arn)
            .with("arn", arn)
            .with_all("type", only(parameter.r#type().map(ParameterType::as_str)))
            .with_fact("strength", strength)
            .tagged(tag(clients, looked.name).await);
        return Ok(Observation::Present(facts));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(read(&clients, &name, false).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

/// The parameter of this name; its value is encrypted unless `decrypt`.
pub(in crate::cloud) async fn read(
    clients: &Clients,
    name: &str,
    decrypt: bool,
) -> Result<Option<Parameter>, CloudError> {
    let asked = clients
        .ssm
        .get_parameter()
        .name(name)
        .with_decryption(decrypt)
        .send();
    let found = absent(clients.ask("ssm", "GetParameter", asked).await)?;
    Ok(found.and_then(|answer| answer.parameter))
}

/// The Region's parameters, the first fifty.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.ssm.describe_parameters().max_results(50).send();
    let answer = clients.ask("ssm", "DescribeParameters", asked).await?;
    Ok(answer
        .parameters
        .unwrap_or_default()
        .into_iter()
        .filter_map(|parameter| parameter.name)
        .collect())
}

async fn tag(clients: &Clients, name: &str) -> Option<String> {
    let asked = clients
        .ssm
        .list_tags_for_resource()
        .resource_type(ResourceTypeForTagging::Parameter)
        .resource_id(name)
        .send();
    let answer = clients
        .ask("ssm", "ListTagsForResource", asked)
        .await
        .ok()?;
    workspace(
        answer
            .tag_list?
            .iter()
            .map(|tag| (Some(tag.key()), Some(tag.value()))),
    )
}

/// What there is to say of a password without saying it. The bounds are those of
/// `MasterUserPassword` in RDS's `CreateDBCluster` and of Aurora PostgreSQL.
fn strength(password: &str) -> &'static str {
    let printable = |byte: u8| byte.is_ascii_graphic() && !b"/@\"".contains(&byte);
    let length = password.len();
    if !(8..=99).contains(&length) || !password.bytes().all(printable) {
        "refused by Aurora"
    } else if password == "postgres123" {
        "the workshop's own"
    } else if length < 12 {
        "weak"
    } else {
        "strong"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_judged_by_auroras_rules() {
        for (password, word) in [
            ("postgres123", "the workshop's own"),
            ("9f86d081884c7d659a2f", "strong"),
            ("12345678", "weak"),
            ("1234567", "refused by Aurora"),
            ("with a space in it", "refused by Aurora"),
            ("slash/slash/slash", "refused by Aurora"),
            ("schlüsselschlüssel", "refused by Aurora"),
        ] {
            assert_eq!(strength(password), word, "{password}");
        }
    }
}
