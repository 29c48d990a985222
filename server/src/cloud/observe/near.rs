//! What was probably meant by a resource that is not there: a name that is a slip away, or the
//! right name in another Region. A hint is worth one call a Region and a few seconds, and never
//! turns a look into a failure.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use workshop::blueprint::{USUAL_REGIONS, Variables};
use workshop::check::{nearest_name, slips_between};
use workshop::model::{Near, Observation};

use super::reading::Looked;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// How long the other Regions have to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The absence of a resource of the whole account, such as a role. `names` are those that there
/// are.
pub(super) fn global(looked: &Looked<'_>, names: Result<Vec<String>, CloudError>) -> Observation {
    let near = slip(looked.name, &names.unwrap_or_default(), looked.variables);
    Observation::Absent(near.map(Near::Name))
}

/// The absence of a resource of one Region. `names` are those that there are here; `exists` says
/// whether there is one of this name in another Region.
pub(super) async fn regional<F>(
    looked: &Looked<'_>,
    names: Result<Vec<String>, CloudError>,
    exists: impl Fn(Arc<Clients>, String) -> F,
) -> Observation
where
    F: Future<Output = Result<bool, CloudError>> + Send + 'static,
{
    if let Some(name) = slip(looked.name, &names.unwrap_or_default(), looked.variables) {
        return Observation::Absent(Some(Near::Name(name)));
    }
    let mut asked = JoinSet::new();
    for region in USUAL_REGIONS {
        if region != looked.cloud.home() {
            let answer = exists(looked.cloud.in_region(region), looked.name.to_owned());
            asked.spawn(async move {
                let found = tokio::time::timeout(PATIENCE, answer).await;
                matches!(found, Ok(Ok(true))).then_some(region)
            });
        }
    }
    let mut found = None;
    while let Some(answer) = asked.join_next().await {
        found = answer.ok().flatten();
        if found.is_some() {
            break;
        }
    }
    Observation::Absent(found.map(|region| Near::Region(region.to_owned())))
}

/// The name among `names` that is a slip away from `wanted`, unless it is right for another
/// resource of this attendee, or nearer to it, or may be another attendee's.
fn slip(wanted: &str, names: &[String], variables: &Variables) -> Option<String> {
    let taken = |name: &str| {
        let slips = slips_between(wanted, name);
        let nearer = |other: &String| other != wanted && slips_between(other, name) < slips;
        variables.0.values().any(nearer)
    };
    let suffix = variables
        .get("project")
        .and_then(|project| project.split_once('-'))
        .map(|(_, suffix)| format!("-{suffix}").to_lowercase());
    let ours = |name: &str| {
        suffix.as_ref().is_none_or(|suffix| {
            let name = name.to_lowercase();
            name.match_indices(suffix.as_str()).any(|(at, _)| {
                !name[at + suffix.len()..].starts_with(|next: char| next.is_ascii_alphanumeric())
            })
        })
    };
    let names = names
        .iter()
        .map(String::as_str)
        .filter(|name| !taken(name) && ours(name));
    nearest_name(wanted, names).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use workshop::blueprint::Names;

    fn names(suffix: Option<&str>) -> Variables {
        Names {
            workspace: "ada-1".to_owned(),
            suffix: suffix.map(str::to_owned),
        }
        .variables()
    }

    fn nearest(wanted: &str, name: &str, variables: &Variables) -> Option<String> {
        slip(wanted, &[name.to_owned()], variables)
    }

    #[test]
    fn the_writer_is_no_slip_of_the_reader() {
        let alone = names(None);
        let reader = "tripmgmt-dbcluster-instance-2";
        assert_eq!(
            nearest(reader, "tripmgmt-dbcluster-instance-1", &alone),
            None
        );
        assert_eq!(
            nearest(reader, "tripmgmt-dbcluster-instance2", &alone).as_deref(),
            Some("tripmgmt-dbcluster-instance2")
        );
        assert_eq!(
            nearest(reader, "tripmgmt-dbcluster-instance1", &alone),
            None
        );
    }

    #[test]
    fn the_neighbour_s_is_no_slip_of_mine() {
        let ada = names(Some("ada-1"));
        let mine = "tripmgmt-ada-1-dbcluster";
        assert_eq!(nearest(mine, "tripmgmt-ada-2-dbcluster", &ada), None);
        assert_eq!(nearest(mine, "tripmgmt-ada-12-dbcluster", &ada), None);
        assert!(nearest(mine, "tripmgmt-ada-1-dbclustr", &ada).is_some());
    }
}
