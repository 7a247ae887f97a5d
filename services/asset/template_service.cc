#include "services/asset/template_service.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/content/language.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "common/status/errors.h"
#include "services/asset/domain/scheme.h"
#include "services/asset/entries.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using pg::Transaction;

// The entry in the content's words; a ledger is kept in Japanese.
v1::Asset AssetOf(const content::v1::AssetTemplate& source,
                  const content::v1::AssetTemplateEntry& entry) {
  v1::Asset asset;
  asset.set_business(entry.business().ja());
  asset.set_display_name(entry.title().ja());
  asset.set_note(entry.note().ja());
  asset.set_users(entry.users().ja());
  asset.set_department(entry.department().ja());
  asset.set_medium(entry.medium());
  *asset.mutable_flags() = entry.flags();
  asset.set_confidentiality(entry.confidentiality());
  asset.set_integrity(entry.integrity());
  asset.set_availability(entry.availability());
  asset.set_retention(entry.retention().ja());
  for (const auto& profile : entry.profile()) {
    v1::StageUse* use = asset.add_profile();
    use->set_stage(profile.stage());
    use->set_absent(profile.absent());
    use->set_place(profile.place().ja());
    use->set_who(profile.who().ja());
    use->set_how(profile.how().ja());
  }
  asset.set_template_entry(absl::StrCat("assetTemplates/", source.id(), "#", entry.code()));
  return asset;
}

v1::AssetTemplate Shown(const content::v1::AssetTemplate& source, Language language) {
  v1::AssetTemplate shown;
  shown.set_name("assetTemplates/" + source.id());
  shown.set_display_name(content::InLanguage(source.title(), language));
  shown.set_industry(source.industry());
  shown.set_pack(absl::StrCat(source.pack().urn(), "@", source.pack().version()));
  shown.set_entry_count(source.entries_size());
  return shown;
}

// INVALID_ARGUMENT for codes that the template doesn't have.
absl::Status CheckEntries(const content::v1::AssetTemplate& source,
                          const google::protobuf::RepeatedPtrField<std::string>& codes) {
  std::vector<Violation> wrong;
  for (int i = 0; i < codes.size(); ++i) {
    const bool known = std::any_of(source.entries().begin(), source.entries().end(),
                                   [&](const auto& entry) { return entry.code() == codes[i]; });
    if (known) continue;
    wrong.push_back({absl::StrCat("entries[", i, "]"),
                     absl::StrCat("'", codes[i], "' came; want codes of ", source.id()),
                     absl::StrCat("「", codes[i], "」はこのひな形の項目ではありません")});
  }
  return wrong.empty() ? absl::OkStatus() : InvalidFields(wrong);
}

}  // namespace

absl::StatusOr<const content::v1::AssetTemplate*> AssetTemplateService::Find(
    const std::string& name) const {
  const auto* found = schemes_.library().Find<content::v1::AssetTemplate>(LastId(name));
  if (found == nullptr) return NotFound(name);
  return found;
}

AssetTemplateService::Reactor* AssetTemplateService::ListAssetTemplates(
    Context* context, const v1::ListAssetTemplatesRequest* request,
    v1::ListAssetTemplatesResponse* response) {
  using Response = v1::ListAssetTemplatesResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        SA_ASSIGN_OR_RETURN(const PageQuery page,
                            ReadPage(request->page_size(), request->page_token(), *request, 1));
        const std::string after = page.after_key.empty() ? "" : page.after_key.front();
        Response list;
        for (const auto* source : schemes_.library().List<content::v1::AssetTemplate>()) {
          if (source->id() <= after) continue;
          if (!request->industry().empty() && source->industry() != request->industry()) continue;
          if (list.asset_templates_size() == page.size) {
            const auto& last = list.asset_templates(page.size - 1);
            list.set_next_page_token(NextToken(*request, {LastId(last.name())}));
            break;
          }
          *list.add_asset_templates() = Shown(*source, call.language);
        }
        return list;
      });
}

AssetTemplateService::Reactor* AssetTemplateService::GetAssetTemplate(
    Context* context, const v1::GetAssetTemplateRequest* request, v1::AssetTemplate* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::AssetTemplate> {
                      SA_ASSIGN_OR_RETURN(const auto* source, Find(request->name()));
                      v1::AssetTemplate shown = Shown(*source, call.language);
                      for (const auto& entry : source->entries()) {
                        v1::TemplateEntry* added = shown.add_entries();
                        added->set_code(entry.code());
                        *added->mutable_asset() = AssetOf(*source, entry);
                      }
                      return shown;
                    });
}

AssetTemplateService::Reactor* AssetTemplateService::AddAssetsFromTemplate(
    Context* context, const v1::AddAssetsFromTemplateRequest* request,
    v1::AddAssetsFromTemplateResponse* response) {
  using Response = v1::AddAssetsFromTemplateResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        SA_ASSIGN_OR_RETURN(const auto* source, Find(request->template_()));
        SA_RETURN_IF_ERROR(CheckEntries(*source, request->entries()));
        const std::set<std::string> wanted(request->entries().begin(), request->entries().end());
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(const auto known, ExistingKeys(tx));
          Response done;
          std::vector<v1::Asset> assets;
          for (const auto& entry : source->entries()) {
            if (!wanted.empty() && wanted.count(entry.code()) == 0) continue;
            v1::Asset asset = AssetOf(*source, entry);
            if (known.count(KeyOf(asset)) > 0) {
              done.add_existing_entries(entry.code());
            } else {
              assets.push_back(std::move(asset));
            }
          }
          if (assets.empty()) return done;
          SA_ASSIGN_OR_RETURN(assets, InsertEntries(schemes_, tx, std::move(assets), true));
          for (v1::Asset& asset : assets) *done.add_assets() = std::move(asset);
          return done;
        });
      });
}

}  // namespace staraction::asset
