#ifndef STARACTION_SERVICES_DIAGNOSIS_MEASURE_SERVICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_MEASURE_SERVICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/diagnosis/v1/measure_service.grpc.pb.h"

namespace staraction::diagnosis {

// Measures that somebody proposes. Thread safe.
class MeasureService final : public v1::MeasureService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  MeasureService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  Reactor* CreateMeasure(Context* context, const v1::CreateMeasureRequest* request,
                         v1::Measure* response) override;

 private:
  // What the content proposes for the item of a diagnosis of the call's client; INVALID_ARGUMENT if
  // there is none.
  absl::StatusOr<v1::Measure> ForItem(pg::Transaction& tx, const v1::Measure& given) const;
  // What the risk model proposes for a control; INVALID_ARGUMENT if it has none.
  absl::StatusOr<v1::Measure> ForControl(const v1::Measure& given) const;
  absl::StatusOr<v1::Measure> Create(pg::Transaction& tx, const v1::Measure& given) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_MEASURE_SERVICE_H_
