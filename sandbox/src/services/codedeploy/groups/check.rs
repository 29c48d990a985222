//! Whether a group can be set so, whatever its platform.

use super::settings::{DeploymentOption, DeploymentType, Settings};
use super::{alarms, blue_green, ecs};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codedeploy::configs;
use crate::services::codedeploy::state::Platform;
use crate::services::iam;

impl Settings {
    /// Whether the group `name` of `application` can have these settings.
    pub(super) fn check(
        &self,
        cx: &mut Cx,
        platform: Platform,
        application: &str,
        name: &str,
    ) -> Result<(), Fault> {
        let config = configs::found(cx, &self.deployment_config_name)?;
        if config.platform != platform {
            return Err(Fault::new(
                "InvalidDeploymentConfigNameException",
                "The deployment configuration is not compatible with the compute platform of the \
                 deployment group.",
            ));
        }
        self.role(cx, application, name)?;
        alarms::check(self)?;
        blue_green::check(self, platform)?;
        match platform {
            Platform::Ecs => ecs::check(cx, self, application, name),
            Platform::Server => self.servers_alone(),
            Platform::Lambda => self.lambda(),
        }
    }

    /// CodeDeploy tries the role at once.
    fn role(&self, cx: &Cx, application: &str, name: &str) -> Result<(), Fault> {
        let role = &self.service_role_arn;
        let roles = cx.global_arn("iam", "role/");
        if !role.starts_with(&roles) {
            let words = format!("The role ARN {role} is not valid.");
            return Err(Fault::new("InvalidRoleException", words));
        }
        let own = cx.arn(
            "codedeploy",
            &format!("deploymentgroup:{application}/{name}"),
        );
        if iam::trusts(cx, role, "codedeploy.amazonaws.com", &own) {
            return Ok(());
        }
        Err(Fault::new(
            "InvalidRoleException",
            format!(
                "AWS CodeDeploy does not have the permissions required to assume the role {role}."
            ),
        ))
    }

    fn servers_alone(&self) -> Result<(), Fault> {
        if !self.ecs_services.is_empty() {
            return Err(Fault::new(
                "InvalidECSServiceException",
                "ECS services can be specified only for an ECS deployment group.",
            ));
        }
        let balancer = self.load_balancer.as_ref();
        let named = balancer.is_some_and(|balancer| {
            !balancer.elb_info_list.is_empty() || !balancer.target_group_info_list.is_empty()
        });
        if self.style.deployment_option == DeploymentOption::WithTrafficControl && !named {
            return Err(Fault::new(
                "InvalidLoadBalancerInfoException",
                "The specification for load balancing in the deployment group is invalid. The \
                 deploymentOption value is set to WITH_TRAFFIC_CONTROL, but either no load balancer was \
                 specified in elbInfoList or no target group was specified in targetGroupInfoList.",
            ));
        }
        Ok(())
    }

    fn lambda(&self) -> Result<(), Fault> {
        if self.style.deployment_type != DeploymentType::BlueGreen
            || self.style.deployment_option != DeploymentOption::WithTrafficControl
        {
            return Err(Fault::new(
                "InvalidDeploymentStyleException",
                "For Lambda deployment group, the deployment type must be BLUE_GREEN and the \
                 deployment option must be WITH_TRAFFIC_CONTROL.",
            ));
        }
        Ok(())
    }
}
