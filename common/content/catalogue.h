#ifndef STARACTION_COMMON_CONTENT_CATALOGUE_H_
#define STARACTION_COMMON_CONTENT_CATALOGUE_H_

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/content/problem.h"
#include "staraction/content/v1/pack.pb.h"

namespace staraction::content {

// Objects of packs by kind, id and version. Cheap to copy: packs are shared.
class Catalogue {
 public:
  // Takes a pack in. An id that another pack has, or this one twice, is a problem of `folder`.
  void Add(std::shared_ptr<const v1::Pack> pack, const std::string& folder, Problems& problems);

  // The object of this kind (message name) and id; null if there is none. Version 0: the newest.
  const google::protobuf::Message* Find(const std::string& kind, const std::string& id,
                                        int version) const;

  template <typename T>
  const T* Find(const std::string& id, int version = 0) const {
    return static_cast<const T*>(Find(T::descriptor()->name(), id, version));
  }

  // The newest of every object of a kind, by id.
  template <typename T>
  std::vector<const T*> List() const {
    std::vector<const T*> list;
    const auto kind = objects_.find(T::descriptor()->name());
    if (kind == objects_.end()) return list;
    for (const auto& [id, versions] : kind->second) {
      list.push_back(static_cast<const T*>(versions.rbegin()->second.message));
    }
    return list;
  }

  // Every pack, in the order of their adding.
  const std::vector<std::shared_ptr<const v1::Pack>>& packs() const { return packs_; }

 private:
  struct Entry {
    std::string urn;
    const google::protobuf::Message* message;
  };
  using Versions = std::map<int, Entry>;

  std::vector<std::shared_ptr<const v1::Pack>> packs_;
  std::map<std::string, std::map<std::string, Versions>> objects_;
};

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_CATALOGUE_H_
