#ifndef STARACTION_SERVICES_RISK_LEDGERS_H_
#define STARACTION_SERVICES_RISK_LEDGERS_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "services/risk/domain/compute.h"
#include "staraction/asset/v1/asset_snapshot_service.grpc.pb.h"

namespace staraction::risk {

// Where frozen ledgers come from. Thread safe.
class Ledgers {
 public:
  virtual ~Ledgers() = default;
  // "clients/{client}/assetSnapshots/{asset_snapshot}"; NOT_FOUND if there is none.
  virtual absl::StatusOr<asset::v1::AssetSnapshot> Snapshot(const Call& call,
                                                            const std::string& name) = 0;
  // A page of the snapshot's entries.
  virtual absl::StatusOr<asset::v1::ListSnapshotAssetsResponse> Page(
      const Call& call, const asset::v1::ListSnapshotAssetsRequest& request) = 0;
};

// The asset service's, read with the caller's own rights.
class AssetLedgers : public Ledgers {
 public:
  explicit AssetLedgers(const std::shared_ptr<grpc::Channel>& channel)
      : snapshots_(asset::v1::AssetSnapshotService::NewStub(channel)) {}
  absl::StatusOr<asset::v1::AssetSnapshot> Snapshot(const Call& call,
                                                    const std::string& name) override;
  absl::StatusOr<asset::v1::ListSnapshotAssetsResponse> Page(
      const Call& call, const asset::v1::ListSnapshotAssetsRequest& request) override;

 private:
  const std::unique_ptr<asset::v1::AssetSnapshotService::Stub> snapshots_;
};

// All entries of a snapshot in the numbers of a model, in as many pages as it takes.
// FAILED_PRECONDITION, naming an entry, if it has a medium that the model doesn't know.
absl::StatusOr<domain::Ledger> ReadLedger(const Call& call, Ledgers& ledgers,
                                          const std::string& snapshot, const domain::Model& model);

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_LEDGERS_H_
