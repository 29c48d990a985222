//! The filters of `DescribeImages`.

use crate::services::ec2::filters::Table;

/// The documented filters.
pub(super) const FILTERS: Table = &[
    ("architecture", "architecture"),
    (
        "block-device-mapping.delete-on-termination",
        "blockDeviceMapping.ebs.deleteOnTermination",
    ),
    (
        "block-device-mapping.device-name",
        "blockDeviceMapping.deviceName",
    ),
    (
        "block-device-mapping.encrypted",
        "blockDeviceMapping.ebs.encrypted",
    ),
    (
        "block-device-mapping.snapshot-id",
        "blockDeviceMapping.ebs.snapshotId",
    ),
    (
        "block-device-mapping.volume-size",
        "blockDeviceMapping.ebs.volumeSize",
    ),
    (
        "block-device-mapping.volume-type",
        "blockDeviceMapping.ebs.volumeType",
    ),
    ("boot-mode", "bootMode"),
    ("creation-date", "creationDate"),
    ("description", "description"),
    ("ena-support", "enaSupport"),
    ("free-tier-eligible", "freeTierEligible"),
    ("hypervisor", "hypervisor"),
    ("image-allowed", "imageAllowed"),
    ("image-id", "imageId"),
    ("image-type", "imageType"),
    (
        "image-watermark.source-image-creation-time",
        "imageWatermarkSet.sourceImageCreationTime",
    ),
    (
        "image-watermark.source-image-id",
        "imageWatermarkSet.sourceImageId",
    ),
    (
        "image-watermark.source-image-region",
        "imageWatermarkSet.sourceImageRegion",
    ),
    (
        "image-watermark.watermark-creation-time",
        "imageWatermarkSet.watermarkCreationTime",
    ),
    (
        "image-watermark.watermark-key",
        "imageWatermarkSet.watermarkKey",
    ),
    (
        "instance-type-specification.supported-instance-type",
        "instanceTypeSpecification.supportedInstanceTypeSet.instanceType",
    ),
    (
        "instance-type-specification.unsupported-instance-type",
        "instanceTypeSpecification.unsupportedInstanceTypeSet.instanceType",
    ),
    ("is-public", "isPublic"),
    ("kernel-id", "kernelId"),
    ("manifest-location", "imageLocation"),
    ("name", "name"),
    ("owner-alias", "imageOwnerAlias"),
    ("owner-id", "imageOwnerId"),
    ("platform", "platform"),
    ("product-code", "productCodes.productCode"),
    ("product-code.type", "productCodes.type"),
    ("public-ssm-parameter-name", "publicSsmParameterName"),
    ("ramdisk-id", "ramdiskId"),
    ("root-device-name", "rootDeviceName"),
    ("root-device-type", "rootDeviceType"),
    (
        "scan-result.critical-fix-available-since",
        "scanResults.criticalFixAvailableSince",
    ),
    (
        "scan-result.finding-scan-date",
        "scanResults.findingScanDate",
    ),
    (
        "scan-result.high-fix-available-since",
        "scanResults.highFixAvailableSince",
    ),
    (
        "scan-result.highest-finding-severity-label",
        "scanResults.highestFindingSeverityLabel",
    ),
    (
        "scan-result.informational-fix-available-since",
        "scanResults.informationalFixAvailableSince",
    ),
    (
        "scan-result.low-fix-available-since",
        "scanResults.lowFixAvailableSince",
    ),
    (
        "scan-result.medium-fix-available-since",
        "scanResults.mediumFixAvailableSince",
    ),
    ("source-image-id", "sourceImageId"),
    ("source-image-region", "sourceImageRegion"),
    ("source-instance-id", "sourceInstanceId"),
    ("sriov-net-support", "sriovNetSupport"),
    ("state", "imageState"),
    ("state-reason-code", "stateReason.code"),
    ("state-reason-message", "stateReason.message"),
    ("tag-key", "tagSet.key"),
    ("virtualization-type", "virtualizationType"),
];
