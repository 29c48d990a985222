//! The parameters of a launch: those of `RunInstances`, which are also what a launch template is
//! made of. They are kept as they arrive.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::services::ec2::tags::TagSpecification;

/// `LaunchTemplateData`, and the same fields of `RunInstances` (EC2 API Reference,
/// `RequestLaunchTemplateData`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Parameters {
    pub(crate) image_id: Option<String>,
    pub(crate) instance_type: Option<String>,
    pub(crate) key_name: Option<String>,
    pub(crate) security_group_id: Vec<String>,
    pub(crate) security_group: Vec<String>,
    pub(crate) iam_instance_profile: Option<ProfileRef>,
    /// In base64.
    pub(crate) user_data: Option<String>,
    pub(crate) block_device_mapping: Vec<BlockDevice>,
    pub(crate) network_interface: Vec<InstanceInterface>,
    pub(crate) tag_specification: Vec<TagSpecification>,
    pub(crate) placement: Option<Placement>,
    pub(crate) monitoring: Option<Switch>,
    pub(crate) metadata_options: Option<MetadataOptions>,
    pub(crate) credit_specification: Option<CreditSpecification>,
    pub(crate) cpu_options: Option<CpuOptions>,
    pub(crate) hibernation_options: Option<Hibernation>,
    pub(crate) enclave_options: Option<Switch>,
    pub(crate) maintenance_options: Option<Maintenance>,
    pub(crate) private_dns_name_options: Option<PrivateDnsNames>,
    pub(crate) capacity_reservation_specification: Option<Reserved>,
    pub(crate) ebs_optimized: Option<bool>,
    pub(crate) disable_api_termination: Option<bool>,
    pub(crate) disable_api_stop: Option<bool>,
    pub(crate) instance_initiated_shutdown_behavior: Option<String>,
}

/// An instance profile, by name or by ARN.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ProfileRef {
    pub(crate) arn: Option<String>,
    pub(crate) name: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct BlockDevice {
    pub(crate) device_name: Option<String>,
    pub(crate) virtual_name: Option<String>,
    pub(crate) no_device: Option<String>,
    pub(crate) ebs: Option<Ebs>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Ebs {
    pub(crate) delete_on_termination: Option<bool>,
    pub(crate) encrypted: Option<bool>,
    pub(crate) iops: Option<u32>,
    pub(crate) kms_key_id: Option<String>,
    pub(crate) snapshot_id: Option<String>,
    pub(crate) throughput: Option<u32>,
    pub(crate) volume_size: Option<u32>,
    pub(crate) volume_type: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct InstanceInterface {
    pub(crate) associate_public_ip_address: Option<bool>,
    pub(crate) delete_on_termination: Option<bool>,
    pub(crate) description: Option<String>,
    pub(crate) device_index: Option<u32>,
    pub(crate) interface_type: Option<String>,
    pub(crate) network_card_index: Option<u32>,
    pub(crate) security_group_id: Vec<String>,
    pub(crate) subnet_id: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Placement {
    pub(crate) availability_zone: Option<String>,
    pub(crate) group_name: Option<String>,
    pub(crate) tenancy: Option<String>,
}

/// `Monitoring` and `EnclaveOptions`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Switch {
    pub(crate) enabled: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct MetadataOptions {
    pub(crate) http_endpoint: Option<String>,
    pub(crate) http_protocol_ipv6: Option<String>,
    pub(crate) http_put_response_hop_limit: Option<u32>,
    pub(crate) http_tokens: Option<String>,
    pub(crate) instance_metadata_tags: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreditSpecification {
    pub(crate) cpu_credits: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CpuOptions {
    pub(crate) core_count: Option<u32>,
    pub(crate) threads_per_core: Option<u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Hibernation {
    pub(crate) configured: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Maintenance {
    pub(crate) auto_recovery: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PrivateDnsNames {
    #[serde(rename = "EnableResourceNameDnsAAAARecord")]
    pub(crate) aaaa_record: Option<bool>,
    #[serde(rename = "EnableResourceNameDnsARecord")]
    pub(crate) a_record: Option<bool>,
    pub(crate) hostname_type: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Reserved {
    pub(crate) capacity_reservation_preference: Option<String>,
}

impl Parameters {
    /// These, and what they leave open from `template`: a parameter of a launch replaces that of
    /// its template, lists as a whole, but tags are added up.
    pub(crate) fn over(self, template: Parameters) -> Parameters {
        let mut merged = template;
        macro_rules! replace {
            ($($field:ident),*) => {$(
                if self.$field.is_some() {
                    merged.$field = self.$field;
                }
            )*};
        }
        macro_rules! replace_list {
            ($($field:ident),*) => {$(
                if !self.$field.is_empty() {
                    merged.$field = self.$field;
                }
            )*};
        }
        replace!(
            image_id,
            instance_type,
            key_name,
            iam_instance_profile,
            user_data,
            placement,
            monitoring,
            metadata_options,
            credit_specification,
            cpu_options,
            hibernation_options,
            enclave_options,
            maintenance_options,
            private_dns_name_options,
            capacity_reservation_specification,
            ebs_optimized,
            disable_api_termination,
            disable_api_stop,
            instance_initiated_shutdown_behavior
        );
        replace_list!(
            security_group_id,
            security_group,
            block_device_mapping,
            network_interface
        );
        merged.tag_specification.extend(self.tag_specification);
        merged
    }

    /// As EC2 gives back the data of a launch template: the same fields in its other spelling.
    pub(crate) fn described(&self) -> Value {
        serde_json::to_value(self).map_or(Value::Null, respelled)
    }
}

/// `SecurityGroupId: […]` as `securityGroupIdSet: […]`, without what was not given.
fn respelled(value: Value) -> Value {
    let Value::Object(fields) = value else {
        return value;
    };
    // Its groups are what tells a network interface here.
    let of_interface = fields.contains_key("AssociatePublicIpAddress");
    let given = fields.into_iter().filter(|(_, value)| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    });
    let respelled = given.map(|(name, value)| {
        let name = name_of(&name);
        match value {
            Value::Array(_) if of_interface && name == "securityGroupId" => {
                ("groupSet".to_owned(), value)
            }
            Value::Array(items) => {
                let items = items.into_iter().map(respelled).collect();
                (format!("{name}Set"), items)
            }
            value => (name, respelled(value)),
        }
    });
    respelled.collect::<Map<_, _>>().into()
}

/// `ImageId` as `imageId`.
fn name_of(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parameters(value: Value) -> Parameters {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_launch_goes_before_its_template() {
        let template = parameters(json!({
            "ImageId": "ami-1", "InstanceType": "t3.small", "SecurityGroupId": ["sg-1", "sg-2"],
            "TagSpecification": [{"ResourceType": "instance", "Tag": [{"Key": "a", "Value": "1"}]}],
        }));
        let launch = parameters(json!({
            "InstanceType": "t3.large", "SecurityGroupId": ["sg-3"],
            "TagSpecification": [{"ResourceType": "instance", "Tag": [{"Key": "b", "Value": "2"}]}],
        }));
        let merged = launch.over(template);
        assert_eq!(merged.image_id.as_deref(), Some("ami-1"));
        assert_eq!(merged.instance_type.as_deref(), Some("t3.large"));
        assert_eq!(merged.security_group_id, ["sg-3"]);
        assert_eq!(merged.tag_specification.len(), 2);
    }

    #[test]
    fn is_given_back_in_the_other_spelling() {
        let given = parameters(json!({
            "ImageId": "ami-1", "SecurityGroupId": ["sg-1"],
            "NetworkInterface": [{"DeviceIndex": 0, "SecurityGroupId": ["sg-2"]}],
            "TagSpecification": [{"ResourceType": "instance", "Tag": [{"Key": "a", "Value": "1"}]}],
            "PrivateDnsNameOptions": {"EnableResourceNameDnsAAAARecord": true},
        }));
        assert_eq!(
            given.described(),
            json!({
                "imageId": "ami-1", "securityGroupIdSet": ["sg-1"],
                "networkInterfaceSet": [{"deviceIndex": 0, "groupSet": ["sg-2"]}],
                "tagSpecificationSet": [{"resourceType": "instance", "tagSet": [{"key": "a", "value": "1"}]}],
                "privateDnsNameOptions": {"enableResourceNameDnsAAAARecord": true},
            })
        );
    }
}
