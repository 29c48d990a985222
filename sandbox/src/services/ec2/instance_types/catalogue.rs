//! The instance types there are: those that a workshop comes across
//! (Amazon EC2 Instance Types Guide, "Specifications").

/// An instance type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InstanceType {
    /// `t3.small`
    pub(crate) name: &'static str,
    pub(crate) vcpus: u32,
    /// Of the machine; its operating system keeps some of it.
    pub(crate) memory_mib: u32,
    /// `x86_64` or `arm64`.
    pub(crate) architecture: &'static str,
    threads_per_core: u32,
    /// `nitro` or `xen`.
    pub(super) hypervisor: &'static str,
    pub(super) interfaces: u32,
    /// Addresses an interface.
    pub(super) addresses: u32,
    pub(super) network: &'static str,
}

impl InstanceType {
    /// Whether its processors earn and spend credits.
    pub(crate) fn is_burstable(&self) -> bool {
        self.name.starts_with('t')
    }

    /// Whether it runs on AWS's newer hypervisor.
    pub(crate) fn is_nitro(&self) -> bool {
        self.hypervisor == "nitro"
    }

    pub(crate) fn cores(&self) -> u32 {
        self.vcpus / self.threads_per_core
    }

    pub(crate) fn threads_per_core(&self) -> u32 {
        self.threads_per_core
    }

    pub(super) fn is_current(&self) -> bool {
        self.name != "m1.small"
    }
}

/// Every instance type there is.
pub(super) fn all() -> &'static [InstanceType] {
    &TYPES
}

/// The instance type of that name.
pub(crate) fn find(name: &str) -> Option<&'static InstanceType> {
    TYPES.iter().find(|kind| kind.name == name)
}

/// A row of the table.
const fn row(
    name: &'static str,
    (vcpus, threads_per_core, memory_mib): (u32, u32, u32),
    (architecture, hypervisor): (&'static str, &'static str),
    (interfaces, addresses, network): (u32, u32, &'static str),
) -> InstanceType {
    InstanceType {
        name,
        vcpus,
        memory_mib,
        architecture,
        threads_per_core,
        hypervisor,
        interfaces,
        addresses,
        network,
    }
}

const X86: (&str, &str) = ("x86_64", "nitro");
const ARM: (&str, &str) = ("arm64", "nitro");
const XEN: (&str, &str) = ("x86_64", "xen");

static TYPES: [InstanceType; 52] = [
    row("t2.nano", (1, 1, 512), XEN, (2, 2, "Low to Moderate")),
    row("t2.micro", (1, 1, 1024), XEN, (2, 2, "Low to Moderate")),
    row("t2.small", (1, 1, 2048), XEN, (3, 4, "Low to Moderate")),
    row("t2.medium", (2, 1, 4096), XEN, (3, 6, "Low to Moderate")),
    row("t2.large", (2, 1, 8192), XEN, (3, 12, "Low to Moderate")),
    row("t2.xlarge", (4, 1, 16384), XEN, (3, 15, "Moderate")),
    row("t2.2xlarge", (8, 1, 32768), XEN, (3, 15, "Moderate")),
    row("t3.nano", (2, 2, 512), X86, (2, 2, "Up to 5 Gigabit")),
    row("t3.micro", (2, 2, 1024), X86, (2, 2, "Up to 5 Gigabit")),
    row("t3.small", (2, 2, 2048), X86, (3, 4, "Up to 5 Gigabit")),
    row("t3.medium", (2, 2, 4096), X86, (3, 6, "Up to 5 Gigabit")),
    row("t3.large", (2, 2, 8192), X86, (3, 12, "Up to 5 Gigabit")),
    row("t3.xlarge", (4, 2, 16384), X86, (4, 15, "Up to 5 Gigabit")),
    row("t3.2xlarge", (8, 2, 32768), X86, (4, 15, "Up to 5 Gigabit")),
    row("t3a.nano", (2, 2, 512), X86, (2, 2, "Up to 5 Gigabit")),
    row("t3a.micro", (2, 2, 1024), X86, (2, 2, "Up to 5 Gigabit")),
    row("t3a.small", (2, 2, 2048), X86, (3, 4, "Up to 5 Gigabit")),
    row("t3a.medium", (2, 2, 4096), X86, (3, 6, "Up to 5 Gigabit")),
    row("t3a.large", (2, 2, 8192), X86, (3, 12, "Up to 5 Gigabit")),
    row("t3a.xlarge", (4, 2, 16384), X86, (4, 15, "Up to 5 Gigabit")),
    row(
        "t3a.2xlarge",
        (8, 2, 32768),
        X86,
        (4, 15, "Up to 5 Gigabit"),
    ),
    row("t4g.nano", (2, 1, 512), ARM, (2, 2, "Up to 5 Gigabit")),
    row("t4g.micro", (2, 1, 1024), ARM, (2, 2, "Up to 5 Gigabit")),
    row("t4g.small", (2, 1, 2048), ARM, (3, 4, "Up to 5 Gigabit")),
    row("t4g.medium", (2, 1, 4096), ARM, (3, 6, "Up to 5 Gigabit")),
    row("t4g.large", (2, 1, 8192), ARM, (3, 12, "Up to 5 Gigabit")),
    row("t4g.xlarge", (4, 1, 16384), ARM, (4, 15, "Up to 5 Gigabit")),
    row(
        "t4g.2xlarge",
        (8, 1, 32768),
        ARM,
        (4, 15, "Up to 5 Gigabit"),
    ),
    row("m5.large", (2, 2, 8192), X86, (3, 10, "Up to 10 Gigabit")),
    row("m5.xlarge", (4, 2, 16384), X86, (4, 15, "Up to 10 Gigabit")),
    row(
        "m5.2xlarge",
        (8, 2, 32768),
        X86,
        (4, 15, "Up to 10 Gigabit"),
    ),
    row(
        "m5.4xlarge",
        (16, 2, 65536),
        X86,
        (8, 30, "Up to 10 Gigabit"),
    ),
    row(
        "m6i.large",
        (2, 2, 8192),
        X86,
        (3, 10, "Up to 12.5 Gigabit"),
    ),
    row(
        "m6i.xlarge",
        (4, 2, 16384),
        X86,
        (4, 15, "Up to 12.5 Gigabit"),
    ),
    row(
        "m6i.2xlarge",
        (8, 2, 32768),
        X86,
        (4, 15, "Up to 12.5 Gigabit"),
    ),
    row(
        "m6i.4xlarge",
        (16, 2, 65536),
        X86,
        (8, 30, "Up to 12.5 Gigabit"),
    ),
    row("m6g.large", (2, 1, 8192), ARM, (3, 10, "Up to 10 Gigabit")),
    row(
        "m6g.xlarge",
        (4, 1, 16384),
        ARM,
        (4, 15, "Up to 10 Gigabit"),
    ),
    row(
        "m6g.2xlarge",
        (8, 1, 32768),
        ARM,
        (4, 15, "Up to 10 Gigabit"),
    ),
    row(
        "m6g.4xlarge",
        (16, 1, 65536),
        ARM,
        (8, 30, "Up to 10 Gigabit"),
    ),
    row(
        "m7i.large",
        (2, 2, 8192),
        X86,
        (3, 10, "Up to 12.5 Gigabit"),
    ),
    row(
        "m7i.xlarge",
        (4, 2, 16384),
        X86,
        (4, 15, "Up to 12.5 Gigabit"),
    ),
    row(
        "m7i.2xlarge",
        (8, 2, 32768),
        X86,
        (4, 15, "Up to 12.5 Gigabit"),
    ),
    row(
        "m7i.4xlarge",
        (16, 2, 65536),
        X86,
        (8, 30, "Up to 12.5 Gigabit"),
    ),
    row("c5.large", (2, 2, 4096), X86, (3, 10, "Up to 10 Gigabit")),
    row("c5.xlarge", (4, 2, 8192), X86, (4, 15, "Up to 10 Gigabit")),
    row(
        "c5.2xlarge",
        (8, 2, 16384),
        X86,
        (4, 15, "Up to 10 Gigabit"),
    ),
    row("r5.large", (2, 2, 16384), X86, (3, 10, "Up to 10 Gigabit")),
    row("r5.xlarge", (4, 2, 32768), X86, (4, 15, "Up to 10 Gigabit")),
    row(
        "r5.2xlarge",
        (8, 2, 65536),
        X86,
        (4, 15, "Up to 10 Gigabit"),
    ),
    row(
        "g4dn.xlarge",
        (4, 2, 16384),
        X86,
        (3, 10, "Up to 25 Gigabit"),
    ),
    row("m1.small", (1, 1, 1740), XEN, (2, 4, "Low")),
];
