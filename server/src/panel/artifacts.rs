//! What the pipeline's artifact bucket is called.

use workshop::blueprint::Variables;

/// S3 User Guide, "General purpose bucket naming rules".
const LONGEST: usize = 63;

/// The bucket's name, once Region and account are known: all the buckets in the world share one
/// space of names, and the account's number is nobody else's.
pub(super) fn set_artifact_bucket(variables: &mut Variables) {
    let name = |prefix: &str| {
        let rest = variables.fill("{{region}}-{{account}}-{{project}}").ok()?;
        Some(format!("{prefix}-{rest}"))
    };
    // With the longest of workspace names the shorter word still fits.
    let fitting = ["codepipeline", "cp"]
        .into_iter()
        .filter_map(name)
        .find(|name| name.len() <= LONGEST);
    if let Some(name) = fitting {
        variables.set("artifact_bucket", name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use workshop::blueprint::Names;

    fn bucket(suffix: Option<&str>, account: Option<&str>) -> Option<String> {
        let mut variables = Names {
            workspace: "ada".to_owned(),
            suffix: suffix.map(str::to_owned),
        }
        .variables();
        variables.set("region", "ap-southeast-1");
        if let Some(account) = account {
            variables.set("account", account);
        }
        set_artifact_bucket(&mut variables);
        variables.get("artifact_bucket").map(str::to_owned)
    }

    #[test]
    fn it_holds_region_account_and_attendee_and_fits() {
        let account = Some("123456789012");
        assert_eq!(
            bucket(None, account).as_deref(),
            Some("codepipeline-ap-southeast-1-123456789012-tripmgmt")
        );
        let longest = bucket(Some("abcdefghijklmnopqrst"), account);
        assert_eq!(
            longest.as_deref(),
            Some("cp-ap-southeast-1-123456789012-tripmgmt-abcdefghijklmnopqrst")
        );
        assert!(longest.is_some_and(|name| name.len() <= LONGEST));
        assert_eq!(bucket(None, None), None);
    }
}
