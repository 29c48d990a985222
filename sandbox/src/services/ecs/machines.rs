//! The EC2 instances under container instances.

use std::net::Ipv4Addr;

use crate::context::Cx;
use crate::services::{autoscaling, ec2};

/// What ECS needs to know of an EC2 instance.
pub(super) struct Machine {
    pub(super) id: String,
    pub(super) instance_type: String,
    pub(super) vcpus: i64,
    pub(super) memory_mib: i64,
    pub(super) image: String,
    /// Whether its image has the container agent.
    pub(super) has_agent: bool,
    /// `x86_64` or `arm64`.
    pub(super) architecture: String,
    /// The script that it was started with.
    pub(super) user_data: String,
    /// The ARN of the role of its instance profile.
    pub(super) role: Option<String>,
    pub(super) subnet: String,
    pub(super) vpc: String,
    pub(super) zone: String,
    pub(super) address: Ipv4Addr,
    pub(super) public_address: Option<Ipv4Addr>,
    pub(super) security_groups: Vec<String>,
    /// The name of its Auto Scaling group.
    pub(super) group: Option<String>,
}

/// The running instance of that id.
pub(super) fn find(cx: &mut Cx, id: &str) -> Option<Machine> {
    let running = ec2::running_instance(cx, id)?;
    let group = autoscaling::group_of(cx, id);
    Some(Machine {
        id: running.id,
        instance_type: running.kind.name.to_owned(),
        vcpus: running.kind.vcpus.into(),
        memory_mib: running.kind.memory_mib.into(),
        image: running.image_id,
        has_agent: running.image.software.is_some(),
        architecture: running.kind.architecture.to_owned(),
        user_data: running.user_data,
        role: running.role,
        subnet: running.subnet,
        vpc: running.vpc,
        zone: running.zone,
        address: running.private_ip.parse().ok()?,
        public_address: running.public_ip.and_then(|address| address.parse().ok()),
        security_groups: running.groups,
        group,
    })
}

impl Machine {
    /// The cluster that its agent is told to join: `ECS_CLUSTER` in the user data, which writes it to
    /// `/etc/ecs/ecs.config`; the last one counts, and without one it is `default`.
    pub(super) fn cluster(&self) -> &str {
        let lines = self.user_data.lines();
        let names = lines
            .filter(|line| !line.trim_start().starts_with('#'))
            .flat_map(|line| {
                let values = line.split("ECS_CLUSTER=").skip(1);
                values.map(|value| {
                    let value = value.trim_start_matches(['"', '\'']);
                    let end = value.find(|c: char| c.is_whitespace() || "\"';>\\".contains(c));
                    &value[..end.unwrap_or(value.len())]
                })
            });
        names
            .filter(|name| !name.is_empty())
            .last()
            .unwrap_or("default")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(user_data: &str) -> String {
        let machine = Machine {
            id: String::new(),
            instance_type: String::new(),
            vcpus: 2,
            memory_mib: 2048,
            image: String::new(),
            has_agent: true,
            architecture: String::new(),
            user_data: user_data.to_owned(),
            role: None,
            subnet: String::new(),
            vpc: String::new(),
            zone: String::new(),
            address: Ipv4Addr::LOCALHOST,
            public_address: None,
            security_groups: Vec::new(),
            group: None,
        };
        machine.cluster().to_owned()
    }

    #[test]
    fn the_cluster_is_in_the_user_data() {
        for script in [
            "#!/bin/bash\necho ECS_CLUSTER=demo >> /etc/ecs/ecs.config",
            "#!/bin/bash\necho \"ECS_CLUSTER=demo\" >> /etc/ecs/ecs.config;",
            "#!/bin/bash\ncat <<'EOF' >> /etc/ecs/ecs.config\nECS_CLUSTER=demo\nECS_ENABLE_SPOT=true\nEOF",
            "#!/bin/bash\necho ECS_CLUSTER=demo>>/etc/ecs/ecs.config",
            "ECS_CLUSTER=other\nECS_CLUSTER='demo'",
        ] {
            assert_eq!(cluster(script), "demo", "{script}");
        }
        assert_eq!(cluster("#!/bin/bash\n# ECS_CLUSTER=demo"), "default");
        assert_eq!(cluster(""), "default");
    }
}
