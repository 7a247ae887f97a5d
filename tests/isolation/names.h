#ifndef STARACTION_TESTS_ISOLATION_NAMES_H_
#define STARACTION_TESTS_ISOLATION_NAMES_H_

#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace staraction::test {

// A kind of resource is its pattern with stars: "clients/*/members/*".

// The kind of a name of a resource of our schemas; "" for any other text.
std::string KindOf(const std::string& name);

// The kinds that a field may name, by its annotations; none if it holds no name.
std::set<std::string> KindsOf(const google::protobuf::FieldDescriptor& field);

// All UUIDs in the text, in their order.
std::vector<std::string> UuidsIn(const std::string& text);

// The text with each UUID replaced by what `other` makes of it.
std::string MapUuids(const std::string& text,
                     const std::function<std::string(const std::string&)>& other);

// Names of things that exist, by kind, and one example of each type of message.
class NameBook {
 public:
  // Adds the names above it and what there is once below each, too. False if the name is known
  // already, or no name.
  bool Add(const std::string& name);
  // Every name that stands anywhere in the message, and the names above each.
  void Harvest(const google::protobuf::Message& message);
  // Forgets what the other book has, too: content that everybody sees.
  void Forget(const NameBook& other);
  // Forgets names with one of these ids.
  void ForgetIds(const std::set<std::string>& ids);
  void ForgetKind(const std::string& kind);

  const std::vector<std::string>& Of(const std::string& kind) const;
  // The first of the kind, or "".
  std::string First(const std::string& kind) const;
  // Whether some name has the id.
  bool Knows(const std::string& uuid) const { return ids_.count(uuid) > 0; }
  // The first message of the type that was harvested, or null.
  const google::protobuf::Message* Example(const google::protobuf::Descriptor& type) const;
  size_t size() const { return names_.size(); }

 private:
  std::set<std::string> names_;
  std::set<std::string> ids_;
  std::map<std::string, std::vector<std::string>> kinds_;
  std::map<const google::protobuf::Descriptor*, std::shared_ptr<const google::protobuf::Message>>
      examples_;
};

}  // namespace staraction::test

#endif  // STARACTION_TESTS_ISOLATION_NAMES_H_
