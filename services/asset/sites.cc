#include "services/asset/sites.h"

#include "absl/strings/str_cat.h"
#include "common/resource/name.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::asset {
namespace {

constexpr int kMostSites = 1000;  // a page

}  // namespace

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

absl::StatusOr<std::map<std::string, std::string>> EngagementSites::List(const Call& call) {
  using Companies = engagement::v1::CompanyService::Stub;
  engagement::v1::ListSitesRequest request;
  request.set_parent(call.client_name());
  request.set_page_size(kMostSites);
  std::map<std::string, std::string> names;
  do {
    const absl::StatusOr<engagement::v1::ListSitesResponse> page =
        CallPeer<Companies, engagement::v1::ListSitesRequest, engagement::v1::ListSitesResponse>(
            call, *companies_, &Companies::ListSites, request);
    if (!page.ok()) return page.status();
    for (const auto& site : page->sites()) names[site.name()] = site.display_name();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return names;
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
