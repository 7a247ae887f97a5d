#include "services/training/scans.h"

#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/store/tables.h"

namespace staraction::training {

absl::Status CheckScanOf(pg::Transaction& tx, const std::string& scan, const std::string& resource,
                         common::v1::Channel channel) {
  if (scan.empty()) return absl::OkStatus();
  if (channel != common::v1::CHANNEL_PAPER) {
    return InvalidField("scan", "wanted none: the channel is not PAPER",
                        "スキャンを添えられるのは、経路が「紙」のときだけです");
  }
  absl::Status status = NotFound(scan);
  if (EngagementOf(scan) == EngagementOf(resource)) status = kScans.Get(tx, scan).status();
  if (!absl::IsNotFound(status) && !absl::IsInvalidArgument(status)) return status;
  return InvalidField("scan", "is no scan of this engagement",
                      "この支援案件に登録されたスキャンではありません");
}

}  // namespace staraction::training
