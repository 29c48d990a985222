//! Which operations the panel uses: recorded from a walk, and kept in a list from which the policy
//! of its credentials is made.

use std::collections::BTreeSet;
use std::path::PathBuf;

use server::cloud::permissions;

use crate::walk::Walk;

/// Set to anything, it writes the list anew.
const WRITE: &str = "GREENLIGHT_WRITE_OPERATIONS";

/// Operations that only a mishap or a release under way makes necessary, so that no walk asks them.
/// The tests of those (`faults/`, `pre_flight.rs`) bring them about.
pub(crate) const AFTER_A_MISHAP: [(&str, &str); 5] = [
    ("codedeploy", "BatchGetDeploymentGroups"),
    ("codedeploy", "GetDeployment"),
    ("ec2", "DescribeImages"),
    ("ec2", "DescribeInstances"),
    ("logs", "GetLogEvents"),
];

#[tokio::test]
async fn the_list_of_operations_is_what_the_panel_asks() {
    let walk = Walk::whole(None).await;
    let mut asked = walk.operations(|_| true);
    let mishaps = AFTER_A_MISHAP.iter();
    asked.extend(mishaps.map(|(service, operation)| ((*service).into(), (*operation).into())));
    let lines: Vec<_> = asked
        .iter()
        .map(|(service, operation)| format!("{service} {operation}\n"))
        .collect();
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/cloud/operations.txt");
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&file, lines.concat()).expect("the list");
    }
    let kept = std::fs::read_to_string(&file).expect("the list");
    assert_eq!(
        kept.lines().collect::<Vec<_>>(),
        lines.iter().map(|line| line.trim()).collect::<Vec<_>>(),
        "Set {WRITE}=1 to write the list anew."
    );
}

/// What a check may ask and the walk did not is a permission that is missing where it is needed.
#[test]
fn whatever_a_check_may_ask_is_on_the_list() {
    let listed: BTreeSet<String> = permissions::operations()
        .flat_map(|(service, operation)| permissions::needs(service, operation))
        .collect();
    let cloud = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/cloud");
    let looks = std::fs::read_dir(cloud.join("observe")).expect("the looks");
    let mut files: Vec<_> = looks.map(|file| file.expect("a file").path()).collect();
    files.push(cloud.join("account.rs"));
    let mut found = 0;
    for file in files.iter().filter(|file| file.is_file()) {
        let text = std::fs::read_to_string(file).expect("a source");
        for asked in text.split(".ask(").skip(1) {
            let mut words = asked.split('"').skip(1).step_by(2);
            let (service, operation) = (words.next(), words.next());
            let action = format!(
                "{}:{}",
                service.unwrap_or_default(),
                operation.unwrap_or_default()
            );
            found += 1;
            if action != "sts:GetCallerIdentity" {
                assert!(listed.contains(&action), "{action} in {}", file.display());
            }
        }
    }
    assert!(found > 40, "{found}");
}
