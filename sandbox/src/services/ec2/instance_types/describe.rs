//! `DescribeInstanceTypes`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::catalogue::{self, InstanceType};
use super::filters::FILTERS;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::filters::Filter;
use crate::services::ec2::listing::{Asked, Kind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeInstanceTypes {
    #[serde(default)]
    instance_type: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "instanceTypeSet",
    id: "instanceType",
    unknown: |name| {
        let words = format!("The following supplied instance types do not exist: [{name}]");
        Fault::new("InvalidInstanceType", words)
    },
    filters: FILTERS,
    page: (5, 100),
};

/// `DescribeInstanceTypes` (EC2 API Reference).
pub(crate) fn describe_instance_types(
    _: &mut Cx,
    input: DescribeInstanceTypes,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    KIND.answer(
        catalogue::all().iter().map(described).collect(),
        Asked {
            ids: input.instance_type,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}

fn described(kind: &InstanceType) -> Value {
    let nitro = kind.is_nitro();
    let supported = |is: bool| if is { "supported" } else { "unsupported" };
    let architectures = match (kind.architecture, kind.name) {
        ("x86_64", "t2.nano" | "t2.micro" | "t2.small" | "t2.medium" | "m1.small") => {
            json!(["i386", "x86_64"])
        }
        (architecture, _) => json!([architecture]),
    };
    let boot_modes = match (kind.architecture, nitro) {
        ("arm64", _) => json!(["uefi"]),
        (_, true) => json!(["legacy-bios", "uefi"]),
        (_, false) => json!(["legacy-bios"]),
    };
    json!({
        "instanceType": kind.name,
        "currentGeneration": kind.is_current(),
        "freeTierEligible": matches!(kind.name, "t3.micro" | "t3.small" | "t4g.micro" | "t4g.small"),
        "supportedUsageClasses": ["on-demand", "spot"],
        "supportedRootDeviceTypes": ["ebs"],
        "supportedVirtualizationTypes": ["hvm"],
        "bareMetal": false,
        "hypervisor": kind.hypervisor,
        "processorInfo": { "supportedArchitectures": architectures },
        "vCpuInfo": {
            "defaultVCpus": kind.vcpus,
            "defaultCores": kind.cores(),
            "defaultThreadsPerCore": kind.threads_per_core(),
        },
        "memoryInfo": { "sizeInMiB": kind.memory_mib },
        "instanceStorageSupported": false,
        "ebsInfo": {
            "ebsOptimizedSupport": if nitro { "default" } else { "unsupported" },
            "encryptionSupport": "supported",
            "nvmeSupport": if nitro { "required" } else { "unsupported" },
        },
        "networkInfo": {
            "networkPerformance": kind.network,
            "maximumNetworkInterfaces": kind.interfaces,
            "maximumNetworkCards": 1,
            "defaultNetworkCardIndex": 0,
            "ipv4AddressesPerInterface": kind.addresses,
            "ipv6AddressesPerInterface": kind.addresses,
            "ipv6Supported": kind.is_current(),
            "enaSupport": if nitro { "required" } else { "unsupported" },
            "efaSupported": false,
        },
        "placementGroupInfo": { "supportedStrategies": ["partition", "spread"] },
        "hibernationSupported": false,
        "burstablePerformanceSupported": kind.is_burstable(),
        "dedicatedHostsSupported": !kind.is_burstable(),
        "autoRecoverySupported": true,
        "supportedBootModes": boot_modes,
        "nitroEnclavesSupport": "unsupported",
        "nitroTpmSupport": supported(nitro && kind.architecture == "x86_64"),
    })
}
