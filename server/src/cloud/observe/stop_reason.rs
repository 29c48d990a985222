//! Why tasks stop or do not start, in plain words.
//!
//! What ECS says is in “Stopped tasks error codes” and “Service event messages” of its developer
//! guide; what the application says is its database driver's.

/// The sentence where nothing was pushed yet.
pub(super) const NO_IMAGE: &str = "The image is not in the repository: nothing was pushed under the tag that the task definition names.";

/// What the stopped reason of a task says that ECS replaced as unhealthy. Why it was, an event of the
/// service tells.
pub(super) const REPLACED: &str = "failed ELB health checks";

/// What an event says once a service has what it is to have.
pub(super) const STEADY: &str = "has reached a steady state";

/// What an event says of a target that does not answer the health checks.
pub(super) const UNHEALTHY: &str = "is unhealthy in (target-group";

/// The sentence where the database does not answer at all.
pub(super) const NO_ANSWER: &str =
    "The database does not answer: its security group does not admit the instances on port 5432.";

/// What was said holds all of the first, and means the second. `{}` stands for what follows the
/// third.
type Rule = (&'static [&'static str], &'static str, Option<&'static str>);

const ACTION: Option<&str> = Some("not authorized to perform: ");

/// The more telling ones come first.
const RULES: [Rule; 33] = [
    (&["CannotPull", "manifest unknown"], NO_IMAGE, None),
    (
        &["CannotPull", "name unknown"],
        "The repository that the task definition names does not exist.",
        None,
    ),
    (
        &["CannotPull", "no matching manifest"],
        "The image was built for another processor than the instances have. Build it with --platform linux/amd64.",
        None,
    ),
    (
        &["exec format error"],
        "The image was built for another processor than the instances have. Build it with --platform linux/amd64.",
        None,
    ),
    (
        &["CannotPull", "not authorized to perform: "],
        "The task execution role may not pull the image: it lacks {}.",
        ACTION,
    ),
    (
        &["CannotPull", "denied"],
        "The task execution role may not pull the image, or the repository is another account's.",
        None,
    ),
    (
        &["CannotPull", "failed to resolve ref", "not found"],
        NO_IMAGE,
        None,
    ),
    (
        &["CannotPull", "timeout"],
        "The instance does not reach the image registry: it needs a public address and a route to the internet.",
        None,
    ),
    (
        &["CannotPull", "request canceled"],
        "The instance does not reach the image registry: it needs a public address and a route to the internet.",
        None,
    ),
    (
        &["ResourceInitializationError", "not authorized to perform: "],
        "The task execution role may not read the database's password: it lacks {}.",
        ACTION,
    ),
    (
        &["ResourceInitializationError", "invalid parameters: "],
        "The parameter {}, from which the task reads the database's password, does not exist.",
        Some("invalid parameters: "),
    ),
    (
        &["ResourceInitializationError", "ResourceNotFoundException"],
        "The secret from which the task reads the database's password does not exist.",
        None,
    ),
    (
        &["logging driver", "not authorized to perform: "],
        "The task execution role may not write the log: it lacks {}.",
        ACTION,
    ),
    (
        &["logging driver", "log group does not exist"],
        "The log group that the task definition names does not exist.",
        None,
    ),
    (
        &["UnknownHostException: "],
        "SPRING_DATASOURCE_URL is wrong: there is no database at {}.",
        Some("UnknownHostException: "),
    ),
    (
        &["claims to not accept jdbcUrl"],
        "SPRING_DATASOURCE_URL is wrong: it has to read jdbc:postgresql://endpoint:5432/database.",
        None,
    ),
    (
        &["password authentication failed for user "],
        "The database refuses SPRING_DATASOURCE_PASSWORD: it is not the password of {}.",
        Some("password authentication failed for user "),
    ),
    (
        &["no password was provided"],
        "The database refuses the application: SPRING_DATASOURCE_PASSWORD is empty.",
        None,
    ),
    (
        &["FATAL: database ", "does not exist"],
        "SPRING_DATASOURCE_URL is wrong: the cluster has no database {}.",
        Some("FATAL: database "),
    ),
    (&["SocketTimeoutException"], NO_ANSWER, None),
    (
        &["Connection refused"],
        "SPRING_DATASOURCE_URL is wrong, or the cluster is stopped: nothing listens on the port that it names. The cluster's is 5432.",
        None,
    ),
    (
        &["OutOfMemory"],
        "The container needed more memory than the task has, and was ended.",
        None,
    ),
    (
        &[UNHEALTHY, "(reason Request timed out"],
        "The load balancer gets no answer from the tasks, and ECS replaces them: the instances' security group does not admit the balancer on the ports that Docker chooses.",
        None,
    ),
    (
        &[UNHEALTHY, "(reason Health checks failed)"],
        "The load balancer asks a port on which the application does not listen, and ECS replaces the tasks. The application's is 8080.",
        None,
    ),
    (
        &[UNHEALTHY, "(reason "],
        "The load balancer's health checks get another answer than the one that counts, and ECS replaces the tasks: {}. The workshop's path is /, its success code 200.",
        Some("(reason "),
    ),
    (
        &[REPLACED],
        "The load balancer found the task unhealthy, and ECS replaced it.",
        None,
    ),
    (
        &["Host EC2"],
        "The instance of the task was stopped or terminated.",
        None,
    ),
    (
        &["No Container Instances were found"],
        "The cluster has no instance on which a task could run.",
        None,
    ),
    (
        &["unable to place a task", "insufficient memory"],
        "No instance has enough memory left for another task.",
        None,
    ),
    (
        &["unable to place a task", "insufficient CPU"],
        "No instance has enough CPU units left for another task.",
        None,
    ),
    (
        &["unable to place a task", "already using a port"],
        "The host port that the task definition fixes is taken on every instance. Set it to 0.",
        None,
    ),
    (
        &["unable to place a task", "AGENT"],
        "The agents of the instances are not connected.",
        None,
    ),
    (
        &["unable to assume the role"],
        "ECS cannot assume the role that the task definition names: its trust policy has to name ecs-tasks.amazonaws.com.",
        None,
    ),
];

/// The sentence for what was said, if it is known.
pub(super) fn sentence(said: &str) -> Option<String> {
    let holds = |(all, ..): &&Rule| all.iter().all(|part| said.contains(part));
    let (_, sentence, before) = RULES.iter().find(holds)?;
    let detail = before.and_then(|before| said.split_once(before));
    let detail = detail.map_or("something", |(_, rest)| word(rest));
    Some(sentence.replace("{}", detail))
}

/// What stands in quotes or up to a closing bracket, or else the first word.
fn word(text: &str) -> &str {
    if let Some((quoted, _)) = text.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        return quoted;
    }
    let line = text.lines().next().unwrap_or_default();
    match line.split_once(')') {
        Some((inside, _)) if !inside.contains('(') => inside,
        _ => {
            let first = line.split([' ', ',']).next().unwrap_or_default();
            first.trim_end_matches([':', '.'])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_has_its_sentence() {
        for (said, words) in [
            (
                "CannotPullContainerError: Error response from daemon: manifest for 1.dkr.ecr.eu-west-1.amazonaws.com/a:latest not found: manifest unknown: Requested image not found",
                NO_IMAGE,
            ),
            (
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 1.dkr.ecr.eu-west-1.amazonaws.com/a:latest: not found",
                NO_IMAGE,
            ),
            (
                "CannotPullECRContainerError: AccessDeniedException: User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: ecr:GetAuthorizationToken on resource: *",
                "it lacks ecr:GetAuthorizationToken.",
            ),
            (
                "ResourceInitializationError: Fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: /tripmgmt/db-password",
                "The parameter /tripmgmt/db-password,",
            ),
            (
                "org.postgresql.util.PSQLException: The connection attempt failed.\nCaused by: java.net.UnknownHostException: db.example\nERROR Application run failed",
                "there is no database at db.example.",
            ),
            (
                "PSQLException: FATAL: password authentication failed for user \"postgres\"",
                "it is not the password of postgres.",
            ),
            (
                "PSQLException: FATAL: database \"trips\" does not exist",
                "no database trips.",
            ),
            (
                "Caused by: java.net.SocketTimeoutException: Connect timed out",
                "does not admit the instances on port 5432.",
            ),
            (
                "(service a) (instance i-1) (port 32768) is unhealthy in (target-group arn) due to (reason Health checks failed with these codes: [404]).",
                "Health checks failed with these codes: [404]. The workshop's path is /",
            ),
            (
                "(service a) (instance i-1) (port 32768) is unhealthy in (target-group arn) due to (reason Request timed out).",
                "does not admit the balancer",
            ),
            (
                "(service a) (instance i-1) (port 32768) is unhealthy in (target-group arn) due to (reason Health checks failed).",
                "a port on which the application does not listen",
            ),
            (
                "(service a) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 1) has insufficient memory available.",
                "enough memory",
            ),
        ] {
            let sentence = sentence(said).expect(said);
            assert!(sentence.contains(words), "{said}: {sentence}");
            assert!(!sentence.contains("{}"), "{sentence}");
        }
        assert_eq!(sentence("(service a) has reached a steady state."), None);
    }
}
