//! What services, task sets and capacity strategies are made with.

use super::shapes;

shapes! {
    /// `CapacityProviderStrategyItem`.
    StrategyItem {
        capacity_provider: String,
        #[serde(default)] weight: i64,
        #[serde(default)] base: i64,
    }

    /// `LoadBalancer`.
    LoadBalancer {
        target_group_arn: Option<String>,
        #[serde(rename = "loadBalancerName")] classic_name: Option<String>,
        container_name: Option<String>,
        container_port: Option<i64>,
    }

    /// `DeploymentController`.
    Controller { r#type: String }

    /// `DeploymentConfiguration`.
    DeploymentConfiguration {
        deployment_circuit_breaker: Option<CircuitBreaker>,
        maximum_percent: Option<i64>,
        minimum_healthy_percent: Option<i64>,
        alarms: Option<Alarms>,
        strategy: Option<String>,
        bake_time_in_minutes: Option<i64>,
    }

    /// `DeploymentCircuitBreaker`.
    CircuitBreaker { enable: bool, rollback: bool }

    /// `DeploymentAlarms`.
    Alarms { alarm_names: Vec<String>, rollback: bool, enable: bool }

    /// `PlacementConstraint`.
    PlacementConstraint { r#type: Option<String>, expression: Option<String> }

    /// `PlacementStrategy`.
    PlacementStrategy { r#type: Option<String>, field: Option<String> }

    /// `NetworkConfiguration`.
    Network { awsvpc_configuration: Option<AwsVpc> }

    /// `AwsVpcConfiguration`.
    AwsVpc {
        subnets: Vec<String>,
        #[serde(default)] security_groups: Vec<String>,
        assign_public_ip: Option<String>,
    }

    /// `Scale`.
    Scale {
        #[serde(default)] value: f64,
        unit: Option<String>,
    }
}
