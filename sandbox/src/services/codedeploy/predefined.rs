//! The deployment configurations that every account has (CodeDeploy User
//! Guide, "Working with deployment configurations").

use super::state::{
    Canary, Config, HealthyHosts, HostsKind, Linear, Platform, Routing, RoutingKind,
};
use crate::clock::Millis;
use crate::ids;

/// When they came about: before any account did.
const CREATED: Millis = 1_543_449_600_000;

/// How a predefined configuration deploys; intervals in minutes, a tenth at a time.
#[derive(Debug, Clone, Copy)]
enum Pace {
    Hosts(HostsKind, u32),
    AtOnce,
    Canary(u32),
    Linear(u32),
}

#[rustfmt::skip]
const CONFIGS: &[(&str, Platform, Pace)] = &[
    ("OneAtATime", Platform::Server, Pace::Hosts(HostsKind::HostCount, 1)),
    ("HalfAtATime", Platform::Server, Pace::Hosts(HostsKind::FleetPercent, 50)),
    ("AllAtOnce", Platform::Server, Pace::Hosts(HostsKind::HostCount, 0)),
    ("LambdaAllAtOnce", Platform::Lambda, Pace::AtOnce),
    ("LambdaCanary10Percent5Minutes", Platform::Lambda, Pace::Canary(5)),
    ("LambdaCanary10Percent10Minutes", Platform::Lambda, Pace::Canary(10)),
    ("LambdaCanary10Percent15Minutes", Platform::Lambda, Pace::Canary(15)),
    ("LambdaCanary10Percent30Minutes", Platform::Lambda, Pace::Canary(30)),
    ("LambdaLinear10PercentEvery1Minute", Platform::Lambda, Pace::Linear(1)),
    ("LambdaLinear10PercentEvery2Minutes", Platform::Lambda, Pace::Linear(2)),
    ("LambdaLinear10PercentEvery3Minutes", Platform::Lambda, Pace::Linear(3)),
    ("LambdaLinear10PercentEvery10Minutes", Platform::Lambda, Pace::Linear(10)),
    ("ECSAllAtOnce", Platform::Ecs, Pace::AtOnce),
    ("ECSCanary10Percent5Minutes", Platform::Ecs, Pace::Canary(5)),
    ("ECSCanary10Percent15Minutes", Platform::Ecs, Pace::Canary(15)),
    ("ECSLinear10PercentEvery1Minutes", Platform::Ecs, Pace::Linear(1)),
    ("ECSLinear10PercentEvery3Minutes", Platform::Ecs, Pace::Linear(3)),
];

/// All of them.
pub(super) fn all() -> impl Iterator<Item = Config> {
    CONFIGS.iter().map(|(name, platform, pace)| {
        let name = format!("CodeDeployDefault.{name}");
        Config {
            id: ids::uuid_of(&name),
            name,
            created: CREATED,
            platform: *platform,
            routing: pace.routing(),
            hosts: pace.hosts(),
        }
    })
}

/// The one that a group has that names none.
pub(super) fn default_of(platform: Platform) -> &'static str {
    match platform {
        Platform::Server => "CodeDeployDefault.OneAtATime",
        Platform::Lambda => "CodeDeployDefault.LambdaAllAtOnce",
        Platform::Ecs => "CodeDeployDefault.ECSAllAtOnce",
    }
}

impl Pace {
    fn routing(self) -> Option<Routing> {
        let (kind, canary, linear) = match self {
            Pace::Hosts(..) => return None,
            Pace::AtOnce => (RoutingKind::AllAtOnce, None, None),
            Pace::Canary(minutes) => (RoutingKind::TimeBasedCanary, Some(minutes), None),
            Pace::Linear(minutes) => (RoutingKind::TimeBasedLinear, None, Some(minutes)),
        };
        Some(Routing {
            kind,
            time_based_canary: canary.map(|minutes| Canary {
                canary_percentage: 10,
                canary_interval: minutes,
            }),
            time_based_linear: linear.map(|minutes| Linear {
                linear_percentage: 10,
                linear_interval: minutes,
            }),
        })
    }

    fn hosts(self) -> Option<HealthyHosts> {
        match self {
            Pace::Hosts(kind, value) => Some(HealthyHosts { kind, value }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_has_its_default() {
        for platform in [Platform::Server, Platform::Lambda, Platform::Ecs] {
            let default = all().find(|config| config.name == default_of(platform));
            assert_eq!(default.map(|config| config.platform), Some(platform));
        }
    }
}
