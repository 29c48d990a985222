//! The filters of `DescribeInstances`.

use crate::services::ec2::filters::Table;

/// The documented filters.
pub(super) const FILTERS: Table = &[
    ("affinity", "placement.affinity"),
    ("architecture", "architecture"),
    ("availability-zone", "placement.availabilityZone"),
    ("availability-zone-id", "placement.availabilityZoneId"),
    (
        "block-device-mapping.attach-time",
        "blockDeviceMapping.ebs.attachTime",
    ),
    (
        "block-device-mapping.delete-on-termination",
        "blockDeviceMapping.ebs.deleteOnTermination",
    ),
    (
        "block-device-mapping.device-name",
        "blockDeviceMapping.deviceName",
    ),
    (
        "block-device-mapping.status",
        "blockDeviceMapping.ebs.status",
    ),
    (
        "block-device-mapping.volume-id",
        "blockDeviceMapping.ebs.volumeId",
    ),
    ("boot-mode", "bootMode"),
    ("capacity-reservation-id", "capacityReservationId"),
    (
        "capacity-reservation-specification.capacity-reservation-preference",
        "capacityReservationSpecification.capacityReservationPreference",
    ),
    (
        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id",
        "capacityReservationSpecification.capacityReservationTarget.capacityReservationId",
    ),
    (
        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn",
        "capacityReservationSpecification.capacityReservationTarget.capacityReservationResourceGroupArn",
    ),
    ("client-token", "clientToken"),
    ("current-instance-boot-mode", "currentInstanceBootMode"),
    ("dns-name", "dnsName"),
    ("ebs-optimized", "ebsOptimized"),
    ("ena-support", "enaSupport"),
    ("enclave-options.enabled", "enclaveOptions.enabled"),
    (
        "hibernation-options.configured",
        "hibernationOptions.configured",
    ),
    ("host-id", "placement.hostId"),
    ("hypervisor", "hypervisor"),
    ("iam-instance-profile.arn", "iamInstanceProfile.arn"),
    ("iam-instance-profile.id", "iamInstanceProfile.id"),
    ("image-id", "imageId"),
    ("instance-id", "instanceId"),
    ("instance-lifecycle", "instanceLifecycle"),
    ("instance-state-code", "instanceState.code"),
    ("instance-state-name", "instanceState.name"),
    ("instance-type", "instanceType"),
    ("instance.group-id", "groupSet.groupId"),
    ("instance.group-name", "groupSet.groupName"),
    ("ip-address", "ipAddress"),
    ("ipv6-address", "ipv6Address"),
    ("kernel-id", "kernelId"),
    ("key-name", "keyName"),
    ("launch-index", "amiLaunchIndex"),
    ("launch-time", "launchTime"),
    (
        "maintenance-options.auto-recovery",
        "maintenanceOptions.autoRecovery",
    ),
    (
        "metadata-options.http-endpoint",
        "metadataOptions.httpEndpoint",
    ),
    (
        "metadata-options.http-protocol-ipv4",
        "metadataOptions.httpProtocolIpv4",
    ),
    (
        "metadata-options.http-protocol-ipv6",
        "metadataOptions.httpProtocolIpv6",
    ),
    (
        "metadata-options.http-put-response-hop-limit",
        "metadataOptions.httpPutResponseHopLimit",
    ),
    ("metadata-options.http-tokens", "metadataOptions.httpTokens"),
    (
        "metadata-options.instance-metadata-tags",
        "metadataOptions.instanceMetadataTags",
    ),
    ("metadata-options.state", "metadataOptions.state"),
    ("monitoring-state", "monitoring.state"),
    (
        "network-interface.addresses.association.allocation-id",
        "networkInterfaceSet.privateIpAddressesSet.association.allocationId",
    ),
    (
        "network-interface.addresses.association.association-id",
        "networkInterfaceSet.privateIpAddressesSet.association.associationId",
    ),
    (
        "network-interface.addresses.association.carrier-ip",
        "networkInterfaceSet.privateIpAddressesSet.association.carrierIp",
    ),
    (
        "network-interface.addresses.association.customer-owned-ip",
        "networkInterfaceSet.privateIpAddressesSet.association.customerOwnedIp",
    ),
    (
        "network-interface.addresses.association.ip-owner-id",
        "networkInterfaceSet.privateIpAddressesSet.association.ipOwnerId",
    ),
    (
        "network-interface.addresses.association.public-dns-name",
        "networkInterfaceSet.privateIpAddressesSet.association.publicDnsName",
    ),
    (
        "network-interface.addresses.association.public-ip",
        "networkInterfaceSet.privateIpAddressesSet.association.publicIp",
    ),
    (
        "network-interface.addresses.primary",
        "networkInterfaceSet.privateIpAddressesSet.primary",
    ),
    (
        "network-interface.addresses.private-dns-name",
        "networkInterfaceSet.privateIpAddressesSet.privateDnsName",
    ),
    (
        "network-interface.addresses.private-ip-address",
        "networkInterfaceSet.privateIpAddressesSet.privateIpAddress",
    ),
    (
        "network-interface.association.allocation-id",
        "networkInterfaceSet.association.allocationId",
    ),
    (
        "network-interface.association.association-id",
        "networkInterfaceSet.association.associationId",
    ),
    (
        "network-interface.association.carrier-ip",
        "networkInterfaceSet.association.carrierIp",
    ),
    (
        "network-interface.association.customer-owned-ip",
        "networkInterfaceSet.association.customerOwnedIp",
    ),
    (
        "network-interface.association.ip-owner-id",
        "networkInterfaceSet.association.ipOwnerId",
    ),
    (
        "network-interface.association.public-dns-name",
        "networkInterfaceSet.association.publicDnsName",
    ),
    (
        "network-interface.association.public-ip",
        "networkInterfaceSet.association.publicIp",
    ),
    (
        "network-interface.attachment.attach-time",
        "networkInterfaceSet.attachment.attachTime",
    ),
    (
        "network-interface.attachment.attachment-id",
        "networkInterfaceSet.attachment.attachmentId",
    ),
    (
        "network-interface.attachment.delete-on-termination",
        "networkInterfaceSet.attachment.deleteOnTermination",
    ),
    (
        "network-interface.attachment.device-index",
        "networkInterfaceSet.attachment.deviceIndex",
    ),
    ("network-interface.attachment.instance-id", "instanceId"),
    (
        "network-interface.attachment.instance-owner-id",
        "networkInterfaceSet.ownerId",
    ),
    (
        "network-interface.attachment.network-card-index",
        "networkInterfaceSet.attachment.networkCardIndex",
    ),
    (
        "network-interface.attachment.status",
        "networkInterfaceSet.attachment.status",
    ),
    (
        "network-interface.availability-zone",
        "placement.availabilityZone",
    ),
    (
        "network-interface.deny-all-igw-traffic",
        "networkInterfaceSet.denyAllIgwTraffic",
    ),
    (
        "network-interface.description",
        "networkInterfaceSet.description",
    ),
    (
        "network-interface.group-id",
        "networkInterfaceSet.groupSet.groupId",
    ),
    (
        "network-interface.group-name",
        "networkInterfaceSet.groupSet.groupName",
    ),
    (
        "network-interface.ipv4-prefixes.ipv4-prefix",
        "networkInterfaceSet.ipv4PrefixSet.ipv4Prefix",
    ),
    (
        "network-interface.ipv6-address",
        "networkInterfaceSet.ipv6AddressesSet.ipv6Address",
    ),
    (
        "network-interface.ipv6-addresses.ipv6-address",
        "networkInterfaceSet.ipv6AddressesSet.ipv6Address",
    ),
    (
        "network-interface.ipv6-addresses.is-primary-ipv6",
        "networkInterfaceSet.ipv6AddressesSet.isPrimaryIpv6",
    ),
    (
        "network-interface.ipv6-native",
        "networkInterfaceSet.ipv6Native",
    ),
    (
        "network-interface.ipv6-prefixes.ipv6-prefix",
        "networkInterfaceSet.ipv6PrefixSet.ipv6Prefix",
    ),
    (
        "network-interface.mac-address",
        "networkInterfaceSet.macAddress",
    ),
    (
        "network-interface.network-interface-id",
        "networkInterfaceSet.networkInterfaceId",
    ),
    (
        "network-interface.operator.managed",
        "networkInterfaceSet.operator.managed",
    ),
    (
        "network-interface.operator.principal",
        "networkInterfaceSet.operator.principal",
    ),
    (
        "network-interface.outpost-arn",
        "networkInterfaceSet.outpostArn",
    ),
    ("network-interface.owner-id", "networkInterfaceSet.ownerId"),
    (
        "network-interface.private-dns-name",
        "networkInterfaceSet.privateDnsName",
    ),
    (
        "network-interface.private-ip-address",
        "networkInterfaceSet.privateIpAddress",
    ),
    (
        "network-interface.public-dns-name",
        "networkInterfaceSet.association.publicDnsName",
    ),
    (
        "network-interface.requester-id",
        "networkInterfaceSet.requesterId",
    ),
    (
        "network-interface.requester-managed",
        "networkInterfaceSet.requesterManaged",
    ),
    (
        "network-interface.source-dest-check",
        "networkInterfaceSet.sourceDestCheck",
    ),
    ("network-interface.status", "networkInterfaceSet.status"),
    (
        "network-interface.subnet-id",
        "networkInterfaceSet.subnetId",
    ),
    (
        "network-interface.tag-key",
        "networkInterfaceSet.tagSet.key",
    ),
    (
        "network-interface.tag-value",
        "networkInterfaceSet.tagSet.value",
    ),
    ("network-interface.vpc-id", "networkInterfaceSet.vpcId"),
    (
        "network-performance-options.bandwidth-weighting",
        "networkPerformanceOptions.bandwidthWeighting",
    ),
    ("operator.managed", "operator.managed"),
    ("operator.principal", "operator.principal"),
    ("outpost-arn", "outpostArn"),
    ("owner-id", "ownerId"),
    ("placement-group-name", "placement.groupName"),
    ("placement-partition-number", "placement.partitionNumber"),
    ("platform", "platform"),
    ("platform-details", "platformDetails"),
    ("private-dns-name", "privateDnsName"),
    (
        "private-dns-name-options.enable-resource-name-dns-a-record",
        "privateDnsNameOptions.enableResourceNameDnsARecord",
    ),
    (
        "private-dns-name-options.enable-resource-name-dns-aaaa-record",
        "privateDnsNameOptions.enableResourceNameDnsAAAARecord",
    ),
    (
        "private-dns-name-options.hostname-type",
        "privateDnsNameOptions.hostnameType",
    ),
    ("private-ip-address", "privateIpAddress"),
    ("product-code", "productCodes.productCode"),
    ("product-code.type", "productCodes.type"),
    ("ramdisk-id", "ramdiskId"),
    ("reason", "reason"),
    ("requester-id", "requesterId"),
    ("reservation-id", "reservationId"),
    ("root-device-name", "rootDeviceName"),
    ("root-device-type", "rootDeviceType"),
    ("source-dest-check", "sourceDestCheck"),
    ("spot-instance-request-id", "spotInstanceRequestId"),
    ("state-reason-code", "stateReason.code"),
    ("state-reason-message", "stateReason.message"),
    ("subnet-id", "subnetId"),
    ("tag-key", "tagSet.key"),
    ("tenancy", "placement.tenancy"),
    ("tpm-support", "tpmSupport"),
    ("usage-operation", "usageOperation"),
    ("usage-operation-update-time", "usageOperationUpdateTime"),
    ("virtualization-type", "virtualizationType"),
    ("vpc-id", "vpcId"),
];
