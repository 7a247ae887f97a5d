#include "common/content/catalogue.h"

#include "absl/strings/str_cat.h"
#include "common/content/reflect.h"

namespace staraction::content {

using google::protobuf::Message;

void Catalogue::Add(std::shared_ptr<const v1::Pack> pack, const std::string& folder,
                    Problems& problems) {
  for (const auto& other : packs_) {
    if (other->urn() == pack->urn() && other->version() == pack->version()) {
      problems.push_back(
          {absl::StrCat(folder, "/pack.textproto"), 0, "urn",
           absl::StrCat("there is already a pack ", pack->urn(), " of version ", pack->version())});
      return;
    }
  }
  packs_.push_back(pack);
  ForEachObject(*pack, [&](const Message& object) {
    const std::string kind = object.GetDescriptor()->name();
    const std::string id = KeyOf(object);
    Versions& versions = objects_[kind][id];
    const bool foreign = !versions.empty() && versions.begin()->second.urn != pack->urn();
    if (foreign || versions.count(pack->version()) > 0) {
      problems.push_back(
          {absl::StrCat(folder, "/pack.textproto"), 0, "",
           absl::StrCat(kind, " \"", id, "\" is already in ", versions.begin()->second.urn)});
      return;
    }
    versions[pack->version()] = {pack->urn(), &object};
  });
}

const Message* Catalogue::Find(const std::string& kind, const std::string& id, int version) const {
  const auto by_id = objects_.find(kind);
  if (by_id == objects_.end()) return nullptr;
  const auto versions = by_id->second.find(id);
  if (versions == by_id->second.end()) return nullptr;
  if (version == 0) return versions->second.rbegin()->second.message;
  const auto entry = versions->second.find(version);
  return entry == versions->second.end() ? nullptr : entry->second.message;
}

}  // namespace staraction::content
