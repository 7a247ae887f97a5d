#include "services/asset/sites.h"

#include "absl/strings/str_cat.h"
#include "common/resource/name.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::asset {

absl::Status EngagementSites::Find(const Call& call, const std::string& site) {
  using Companies = engagement::v1::CompanyService::Stub;
  engagement::v1::GetSiteRequest request;
  request.set_name(site);
  const absl::StatusOr<engagement::v1::Site> found =
      CallPeer<Companies, engagement::v1::GetSiteRequest, engagement::v1::Site>(
          call, *companies_, &Companies::GetSite, request);
  if (!found.ok()) return found.status();
  return found->has_delete_time() ? NotFound(site) : absl::OkStatus();
}

absl::Status CheckSite(const Call& call, Sites& sites, const std::string& site,
                       const std::string& field) {
  if (site.empty()) return absl::OkStatus();
  const absl::Status unknown =
      InvalidField(field, absl::StrCat("'", site, "' came; want a site of this client"),
                   absl::StrCat("「", site, "」はこの会社の拠点ではありません"));
  if (ClientOf(site) != call.client_name()) return unknown;
  absl::Status found = sites.Find(call, site);
  return absl::IsNotFound(found) ? unknown : found;
}

}  // namespace staraction::asset
