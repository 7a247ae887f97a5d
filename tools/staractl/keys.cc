#include "tools/staractl/keys.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/auth/jwk.h"
#include "common/auth/key_set.h"
#include "common/auth/signer.h"
#include "common/base/clock.h"
#include "common/base/macros.h"
#include "common/identity/programs.h"
#include "tools/staractl/files.h"

namespace staraction::ctl {
namespace {

absl::StatusOr<Jwk> LoadOrMakeKey(const std::string& path, const std::string& kid) {
  if (access(path.c_str(), F_OK) == 0) {
    SA_ASSIGN_OR_RETURN(const TokenSigner signer, TokenSigner::FromFile(path, RealClock()));
    return signer.key();
  }
  SA_ASSIGN_OR_RETURN(Jwk key, Jwk::Generate(Algorithm::kEdDsa, kid));
  SA_ASSIGN_OR_RETURN(const std::string text, key.ToPrivateJson());
  SA_RETURN_IF_ERROR(WriteFile(path, text + "\n"));
  return key;
}

}  // namespace

std::string UserKeyFile(const std::string& dir) {
  return dir + "/users.jwk";
}

std::string InternalKeyFile(const std::string& dir, const std::string& name) {
  return absl::StrCat(dir, "/internal/", name, ".jwk");
}

absl::Status InitKeys(const std::string& dir) {
  SA_RETURN_IF_ERROR(MakeFolder(dir));
  SA_RETURN_IF_ERROR(MakeFolder(dir + "/internal"));
  SA_ASSIGN_OR_RETURN(const Jwk users, LoadOrMakeKey(UserKeyFile(dir), "development"));
  SA_RETURN_IF_ERROR(WriteFile(dir + "/jwks.json", ToPublicJwks({users}) + "\n"));
  std::vector<Jwk> keys;
  std::vector<std::string> names = {kOperator};
  for (const Service& service : Services()) names.push_back(service.name);
  for (const std::string& name : names) {
    SA_ASSIGN_OR_RETURN(Jwk key, LoadOrMakeKey(InternalKeyFile(dir, name), name));
    keys.push_back(std::move(key));
  }
  return WriteFile(dir + "/internal_jwks.json", ToPublicJwks(keys) + "\n");
}

}  // namespace staraction::ctl
