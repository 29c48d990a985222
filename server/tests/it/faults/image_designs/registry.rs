//! A registry with the account's tag settings, behind a `docker` of its own.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Mutex;

use aws_sdk_ecr::types::{ImageTagMutability, ImageTagMutabilityExclusionFilter, Repository};

use super::commits::Commit;
use crate::faults::account::Hand;

/// Just what the buildspecs use. An image is a file that holds its digest; every build makes another
/// one, as Docker does.
const DOCKER: &str = r#"#!/bin/bash
at() { echo "$1/$(echo "$2" | tr '/:' '__')"; }
verb="$1"; shift
case "$verb" in
  login) cat > /dev/null ;;
  build)
    while [ $# -gt 0 ]; do
      case "$1" in --tag|-t) echo "$DIGEST" > "$(at "$LOCAL" "$2")"; shift ;; esac
      shift
    done ;;
  tag) cp "$(at "$LOCAL" "$1")" "$(at "$LOCAL" "$2")" ;;
  push)
    ours="$(at "$LOCAL" "$1")"; theirs="$(at "$REMOTE" "$1")"; tag="${1##*:}"
    if [ -e "$theirs" ] && ! cmp -s "$ours" "$theirs" && [[ " $MOVING " != *" $tag "* ]] && [ "$MOVING" != all ]; then
      echo "tag invalid: The image tag '$tag' already exists and cannot be overwritten because the repository is immutable." >&2
      exit 1
    fi
    cp "$ours" "$theirs" ;;
  pull) cp "$(at "$REMOTE" "$1")" "$(at "$LOCAL" "$1")" ;;
  *) echo "docker $verb: not foreseen" >&2; exit 1 ;;
esac
"#;

/// It prints a password to log in with.
const AWS: &str = "#!/bin/bash\necho password\n";

/// The registry, and the folder that it lies in.
pub(super) struct Registry {
    folder: PathBuf,
    /// Tags that may move, or `all`.
    moving: String,
    /// The commits that were built.
    builds: Mutex<Vec<String>>,
}

impl Registry {
    /// With the settings of the account's repository, and the image of step 8 in it.
    pub(super) async fn of(hand: &Hand) -> Self {
        let described = hand.ecr.describe_repositories();
        let described = described.repository_names("tripmgmt-demo").send().await;
        let described = described.expect("the repository");
        let repository = &described.repositories()[0];
        let folder = hand.repository().with_extension("registry");
        let registry = Self {
            folder,
            moving: moving(repository),
            builds: Mutex::default(),
        };
        for name in ["bin", "remote", "local"] {
            fs::create_dir_all(registry.folder.join(name)).expect("a folder");
        }
        for (name, text) in [("docker", DOCKER), ("aws", AWS)] {
            let path = registry.folder.join("bin").join(name);
            fs::write(&path, text).expect("a program");
            fs::set_permissions(path, Permissions::from_mode(0o755)).expect("a program");
        }
        let uri = repository.repository_uri().expect("its address");
        fs::write(registry.place(&format!("{uri}:latest")), "step 8\n").expect("the first image");
        registry
    }

    /// The environment and the work folder of the next build of a commit.
    pub(super) fn next_build(&self, commit: &Commit) -> (Vec<(String, String)>, PathBuf) {
        let mut builds = self.builds.lock().expect("no test has failed");
        let number = builds.len();
        let digest = if builds.contains(&commit.sha) {
            format!("{} again", commit.digest())
        } else {
            commit.digest()
        };
        builds.push(commit.sha.clone());
        let path = |name: &str| self.folder.join(name).display().to_string();
        let system = std::env::var("PATH").expect("a path");
        let environment = vec![
            ("PATH".to_owned(), format!("{}:{system}", path("bin"))),
            ("LOCAL".to_owned(), path("local")),
            ("REMOTE".to_owned(), path("remote")),
            ("MOVING".to_owned(), self.moving.clone()),
            ("DIGEST".to_owned(), digest),
        ];
        (environment, self.folder.join(format!("build-{number}")))
    }

    /// The digest of the image of this name and tag, if there is one.
    pub(super) fn digest(&self, image: &str) -> Option<String> {
        let digest = fs::read_to_string(self.place(image)).ok()?;
        Some(digest.trim().to_owned())
    }

    fn place(&self, image: &str) -> PathBuf {
        let file = image.replace(['/', ':'], "_");
        self.folder.join("remote").join(file)
    }
}

/// ECR User Guide, "Preventing image tags from being overwritten".
fn moving(repository: &Repository) -> String {
    let filters = repository.image_tag_mutability_exclusion_filters();
    let filters = filters
        .iter()
        .map(ImageTagMutabilityExclusionFilter::filter);
    let filters: Vec<_> = filters.collect();
    match repository.image_tag_mutability() {
        Some(ImageTagMutability::Mutable) => "all".to_owned(),
        Some(ImageTagMutability::ImmutableWithExclusion) => filters.join(" "),
        _ => String::new(),
    }
}
