#ifndef STARACTION_SERVICES_DECLARATION_BASIS_READER_H_
#define STARACTION_SERVICES_DECLARATION_BASIS_READER_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "common/pg/pool.h"
#include "services/declaration/document_reader.h"
#include "staraction/declaration/v1/declaration.pb.h"
#include "staraction/diagnosis/v1/diagnosis_service.grpc.pb.h"

namespace staraction::declaration {

// What this service asks of the diagnosis service, on behalf of the caller. Thread safe. Tests have
// a fixed one.
class DiagnosisReader {
 public:
  virtual ~DiagnosisReader() = default;
  // The engagement's self-diagnosis that was concluded last; nothing if none is.
  virtual absl::StatusOr<std::optional<diagnosis::v1::Diagnosis>> FindSelfDiagnosis(
      const Call& call, const std::string& engagement) = 0;
};

// The real one, over a channel to the diagnosis service.
class RemoteDiagnosisReader final : public DiagnosisReader {
 public:
  explicit RemoteDiagnosisReader(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(diagnosis::v1::DiagnosisService::NewStub(channel)) {}
  absl::StatusOr<std::optional<diagnosis::v1::Diagnosis>> FindSelfDiagnosis(
      const Call& call, const std::string& engagement) override;

 private:
  std::unique_ptr<diagnosis::v1::DiagnosisService::Stub> stub_;
};

// What a declaration of two stars rests on: diagnosis, policy, publication. Never inside a
// transaction. Thread safe.
class BasisReader {
 public:
  BasisReader(pg::Pool& pool, DocumentReader& documents, DiagnosisReader& diagnoses)
      : pool_(pool), documents_(documents), diagnoses_(diagnoses) {}

  // As it is today; empty for one star, and where nothing is on record.
  absl::StatusOr<v1::DeclarationBasis> Read(const Call& call, const std::string& engagement,
                                            int star);

 private:
  pg::Pool& pool_;
  DocumentReader& documents_;
  DiagnosisReader& diagnoses_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_BASIS_READER_H_
