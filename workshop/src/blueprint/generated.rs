//! The files that the workshop writes for the attendee's repository.

/// A file, filled with the attendee's values when it is shown or committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Where it stands in the repository.
    pub path: &'static str,
    /// What is in it, a template.
    pub text: &'static str,
}

/// What `CodeBuild` does with a commit. The sample application has the same file.
pub(super) const BUILDSPEC: GeneratedFile = GeneratedFile {
    path: "buildspec.yml",
    text: include_str!("../../../server/sample/tripmgmt/buildspec.yml"),
};

/// The task definition that the pipeline deploys. The sample application has the same file, with a
/// gap where the database's address belongs.
pub(super) const TASKDEF: GeneratedFile = GeneratedFile {
    path: "taskdef.json",
    text: include_str!("files/taskdef.json"),
};

/// Where the traffic goes. The sample application has the same file.
pub(super) const APPSPEC: GeneratedFile = GeneratedFile {
    path: "appspec.yaml",
    text: include_str!("../../../server/sample/tripmgmt/appspec.yaml"),
};

/// Every generated file.
pub const GENERATED_FILES: [GeneratedFile; 3] = [BUILDSPEC, TASKDEF, APPSPEC];

/// The generated file that stands at `path`.
pub fn generated_file(path: &str) -> Option<GeneratedFile> {
    GENERATED_FILES.into_iter().find(|file| file.path == path)
}
