// The ledger as a whole: its scale.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/macros.h"
#include "common/content/language.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/asset/asset_service.h"
#include "services/asset/domain/scheme.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using content::v1::ValueScale;
using pg::Transaction;

template <typename List>
void AddChoices(const List& from, Language language,
                google::protobuf::RepeatedPtrField<v1::Choice>* to) {
  for (const auto& each : from) {
    v1::Choice* choice = to->Add();
    choice->set_code(each.code());
    choice->set_display_name(content::InLanguage(each.title(), language));
  }
}

v1::Ledger Shown(const Schemes& schemes, const ValueScale& scale, const Call& call, int64_t entries,
                 v1::Ledger ledger) {
  ledger.set_name(call.client_name() + "/ledger");
  ledger.set_value_scale(scale.id());
  ledger.set_edition(scale.edition());
  for (const auto& each : scale.levels()) {
    v1::ValueLevel* level = ledger.add_levels();
    level->set_code(each.code());
    level->set_value(each.value());
    level->set_display_name(content::InLanguage(each.title(), call.language));
    level->set_confidentiality(content::InLanguage(each.confidentiality(), call.language));
    level->set_integrity(content::InLanguage(each.integrity(), call.language));
    level->set_availability(content::InLanguage(each.availability(), call.language));
  }
  AddChoices(schemes.scheme().stages(), call.language, ledger.mutable_stages());
  AddChoices(schemes.scheme().media(), call.language, ledger.mutable_media());
  AddChoices(schemes.scheme().flags(), call.language, ledger.mutable_flags());
  ledger.set_entry_count(static_cast<int>(entries));
  return ledger;
}

// Levels join the scales by their codes, so nothing is valued anew.
absl::Status CheckChange(const Schemes& schemes, const ValueScale& now, const std::string& id) {
  const ValueScale* wanted = schemes.FindScale(id);
  if (wanted == nullptr) {
    const std::string known =
        absl::StrJoin(schemes.library().List<ValueScale>(), ", ",
                      [](std::string* out, const auto* each) { out->append(each->id()); });
    return InvalidField("ledger.value_scale", absl::StrCat("'", id, "' came; want one of ", known),
                        absl::StrCat("「", id, "」という尺度はありません。次のいずれか: ", known));
  }
  for (const auto& level : now.levels()) {
    if (domain::RankOf(*wanted, level.code()) > 0) continue;
    return InvalidField(
        "ledger.value_scale",
        absl::StrCat("'", id, "' lacks the level ", level.code(), " of the present scale"),
        absl::StrCat("「", id, "」には、今の尺度の段階", level.code(), "がありません"));
  }
  return absl::OkStatus();
}

}  // namespace

AssetService::Reactor* AssetService::GetLedger(Context* context,
                                               const v1::GetLedgerRequest* request,
                                               v1::Ledger* response) {
  return rpc_.Unary(context, request, response, [this](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Ledger> {
      SA_ASSIGN_OR_RETURN(v1::Ledger ledger, StoredLedger(tx));
      SA_ASSIGN_OR_RETURN(const ValueScale* scale, ScaleOf(schemes_, tx));
      SA_ASSIGN_OR_RETURN(const int64_t entries, CountAssets(tx));
      return Shown(schemes_, *scale, call, entries, std::move(ledger));
    });
  });
}

AssetService::Reactor* AssetService::UpdateLedger(Context* context,
                                                  const v1::UpdateLedgerRequest* request,
                                                  v1::Ledger* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Ledger> {
      SA_ASSIGN_OR_RETURN(v1::Ledger ledger, StoredLedger(tx));
      const bool known = !ledger.value_scale().empty();
      SA_RETURN_IF_ERROR(
          CheckEtag(request->ledger().etag(), ledger.etag(), request->ledger().name()));
      SA_ASSIGN_OR_RETURN(const ValueScale* now, ScaleOf(schemes_, tx));
      ledger.set_name(call.client_name() + "/ledger");
      ledger.set_value_scale(now->id());
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), request->ledger(), &ledger));
      SA_RETURN_IF_ERROR(CheckChange(schemes_, *now, ledger.value_scale()));
      SA_ASSIGN_OR_RETURN(ledger, known ? kLedgers.Update(tx, std::move(ledger))
                                        : kLedgers.Insert(tx, std::move(ledger)));
      SA_ASSIGN_OR_RETURN(const int64_t entries, CountAssets(tx));
      const ValueScale& scale = *schemes_.FindScale(ledger.value_scale());
      return Shown(schemes_, scale, call, entries, std::move(ledger));
    });
  });
}

}  // namespace staraction::asset
