#include "services/asset/schemes.h"

#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using content::v1::ValueScale;

const ValueScale* UsualScale(const content::Library& library) {
  for (const auto* offering : library.List<content::v1::Offering>()) {
    const auto* scale = library.Find<ValueScale>(offering->editions().value_scale());
    if (scale != nullptr) return scale;
  }
  const ValueScale* newest = nullptr;
  for (const auto* scale : library.List<ValueScale>()) {
    if (newest == nullptr || newest->edition() < scale->edition()) newest = scale;
  }
  return newest;
}

}  // namespace

absl::StatusOr<Schemes> Schemes::Of(const content::Library& library) {
  Schemes schemes;
  schemes.library_ = &library;
  const auto all = library.List<content::v1::AssetScheme>();
  if (!all.empty()) schemes.scheme_ = all.front();
  schemes.system_kinds_ = library.FindCodeList("system-kinds");
  schemes.usual_scale_ = UsualScale(library);
  if (schemes.scheme_ == nullptr || schemes.system_kinds_ == nullptr ||
      schemes.usual_scale_ == nullptr) {
    return Internal("the content has no asset scheme, value scale or list system-kinds");
  }
  return schemes;
}

const ValueScale* Schemes::FindScale(const std::string& id) const {
  return library_->Find<ValueScale>(id);
}

absl::StatusOr<const ValueScale*> ScaleOf(const Schemes& schemes, pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const v1::Ledger ledger, StoredLedger(tx));
  if (ledger.value_scale().empty()) return &schemes.usual_scale();
  const ValueScale* scale = schemes.FindScale(ledger.value_scale());
  if (scale != nullptr) return scale;
  return Internal("value scale not loaded: " + ledger.value_scale());
}

}  // namespace staraction::asset
