//! The services that may be trusted: `ecs-tasks.amazonaws.com` and its like.
//!
//! IAM refuses a trust policy whose service it does not know. AWS publishes no
//! list of them; `principals.txt` has the services that have an API of their
//! own, and those that the service documentation names beside them.

/// Whether IAM knows the service principal.
pub(super) fn is_service(principal: &str) -> bool {
    let Some(name) = principal.strip_suffix(".amazonaws.com") else {
        return false;
    };
    // Some are asked for with their Region: `logs.eu-west-1.amazonaws.com`.
    let global = name
        .rsplit_once('.')
        .filter(|(_, region)| crate::services::REGIONS.contains(region));
    let name = global.map_or(name, |(service, _)| service);
    include_str!("principals.txt")
        .lines()
        .any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::is_service;

    #[test]
    fn knows_the_services_and_no_others() {
        for known in [
            "ecs-tasks",
            "ec2",
            "codedeploy",
            "codebuild",
            "logs.eu-west-1",
            "monitoring.rds",
        ] {
            assert!(is_service(&format!("{known}.amazonaws.com")), "{known}");
        }
        for unknown in [
            "ecs-task.amazonaws.com",
            "ecs-tasks.aws.com",
            "ecs-tasks",
            "logs.eu-west-9.amazonaws.com",
        ] {
            assert!(!is_service(unknown), "{unknown}");
        }
    }
}
