#ifndef STARACTION_SERVICES_ASSET_SCHEMES_H_
#define STARACTION_SERVICES_ASSET_SCHEMES_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "staraction/content/v1/asset_scheme.pb.h"

namespace staraction::asset {

// The content that a ledger works with. Immutable, thread safe.
class Schemes {
 public:
  // INTERNAL unless the content has a scheme, its scales and the kinds of systems.
  static absl::StatusOr<Schemes> Of(const content::Library& library);

  const content::Library& library() const { return *library_; }
  const content::v1::AssetScheme& scheme() const { return *scheme_; }
  const content::v1::CodeList& system_kinds() const { return *system_kinds_; }
  // The scale that a ledger has until somebody chooses another one: that of the newest offering
  // which names one, else the scale of the newest edition.
  const content::v1::ValueScale& usual_scale() const { return *usual_scale_; }
  // Null if the content has none of this id.
  const content::v1::ValueScale* FindScale(const std::string& id) const;

 private:
  Schemes() = default;

  const content::Library* library_ = nullptr;
  const content::v1::AssetScheme* scheme_ = nullptr;
  const content::v1::CodeList* system_kinds_ = nullptr;
  const content::v1::ValueScale* usual_scale_ = nullptr;
};

// The scale of the call's client's ledger.
absl::StatusOr<const content::v1::ValueScale*> ScaleOf(const Schemes& schemes, pg::Transaction& tx);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_SCHEMES_H_
