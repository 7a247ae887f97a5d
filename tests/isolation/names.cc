#include "tests/isolation/names.h"

#include <google/protobuf/descriptor_database.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/id.h"
#include "google/api/resource.pb.h"

namespace staraction::test {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kUuidLength = 36;

// Names alternate between collections and ids: "clients/1/ledger" and "clients/1/members/2".
std::string Starred(const std::string& name) {
  std::vector<std::string> parts = absl::StrSplit(name, '/');
  for (size_t i = 1; i < parts.size(); i += 2) parts[i] = "*";
  return absl::StrJoin(parts, "/");
}

// Kinds by resource type, e.g. "engagement.staraction/Member".
using Types = std::map<std::string, std::set<std::string>>;

void AddTypes(const Descriptor& message, Types& types) {
  const auto& resource = message.options().GetExtension(google::api::resource);
  for (const std::string& pattern : resource.pattern()) {
    types[resource.type()].insert(Starred(pattern));
  }
  for (int i = 0; i < message.nested_type_count(); ++i) AddTypes(*message.nested_type(i), types);
}

const Types& AllTypes() {
  static const auto* all = [] {
    auto* types = new Types();
    std::vector<std::string> files;
    DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
    for (const std::string& name : files) {
      if (!absl::StartsWith(name, "staraction/")) continue;
      const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
      for (int i = 0; i < file->message_type_count(); ++i) {
        AddTypes(*file->message_type(i), *types);
      }
    }
    return types;
  }();
  return *all;
}

std::set<std::string> AllKinds() {
  std::set<std::string> kinds;
  for (const auto& [type, of_type] : AllTypes()) kinds.insert(of_type.begin(), of_type.end());
  return kinds;
}

// What there is once below each resource of a kind: "/ledger" below "clients/*".
std::vector<std::string> SingletonsBelow(const std::string& kind) {
  static const auto* below = [] {
    auto* singletons = new std::map<std::string, std::vector<std::string>>();
    for (const std::string& each : AllKinds()) {
      const size_t slash = each.rfind('/');
      if (slash == std::string::npos || each.back() == '*') continue;
      (*singletons)[each.substr(0, slash)].push_back(each.substr(slash));
    }
    return singletons;
  }();
  const auto found = below->find(kind);
  return found == below->end() ? std::vector<std::string>() : found->second;
}

}  // namespace

std::string KindOf(const std::string& name) {
  static const auto* kinds = new std::set<std::string>(AllKinds());
  const std::string kind = Starred(name);
  return kinds->count(kind) > 0 ? kind : "";
}

std::set<std::string> KindsOf(const FieldDescriptor& field) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) return {};
  const auto& reference = field.options().GetExtension(google::api::resource_reference);
  std::string type = reference.type();
  // A resource's own name.
  if (type.empty() && field.name() == "name") {
    type = field.containing_type()->options().GetExtension(google::api::resource).type();
  }
  if (type == "*") return AllKinds();
  const auto found = AllTypes().find(type);
  return found == AllTypes().end() ? std::set<std::string>() : found->second;
}

std::vector<std::string> UuidsIn(const std::string& text) {
  std::vector<std::string> uuids;
  MapUuids(text, [&](const std::string& uuid) {
    uuids.push_back(uuid);
    return uuid;
  });
  return uuids;
}

std::string MapUuids(const std::string& text,
                     const std::function<std::string(const std::string&)>& other) {
  std::string out;
  size_t copied = 0;
  // A UUID is recognised by its first hyphen.
  for (size_t hyphen = text.find('-'); hyphen != std::string::npos;
       hyphen = text.find('-', hyphen + 1)) {
    if (hyphen < copied + 8 || hyphen - 8 + kUuidLength > text.size()) continue;
    const std::string uuid = text.substr(hyphen - 8, kUuidLength);
    if (!IsUuid(uuid)) continue;
    out.append(text, copied, hyphen - 8 - copied);
    out += other(uuid);
    copied = hyphen - 8 + kUuidLength;
    hyphen = copied - 1;
  }
  return out.append(text, copied, std::string::npos);
}

bool NameBook::Add(const std::string& name) {
  const std::string kind = KindOf(name);
  if (kind.empty() || !names_.insert(name).second) return false;
  kinds_[kind].push_back(name);
  for (const std::string& uuid : UuidsIn(name)) ids_.insert(uuid);
  for (size_t slash = name.rfind('/'); slash != std::string::npos && slash > 0;
       slash = name.rfind('/', slash - 1)) {
    Add(name.substr(0, slash));
  }
  for (const std::string& singleton : SingletonsBelow(kind)) Add(name + singleton);
  return true;
}

void NameBook::Harvest(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  auto& example = examples_[message.GetDescriptor()];
  if (example == nullptr) {
    std::shared_ptr<Message> copy(message.New());
    copy->CopyFrom(message);
    example = std::move(copy);
  }
  const auto* reflection = message.GetReflection();
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool text = field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
    const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    const int size = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < size && (text || nested); ++i) {
      if (text) {
        Add(field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                 : reflection->GetString(message, field));
      } else {
        Harvest(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                     : reflection->GetMessage(message, field));
      }
    }
  }
}

void NameBook::Forget(const NameBook& other) {
  NameBook kept;
  for (const std::string& name : names_) {
    if (other.names_.count(name) == 0) kept.Add(name);
  }
  *this = std::move(kept);
}

void NameBook::ForgetIds(const std::set<std::string>& ids) {
  NameBook unwanted;
  for (const std::string& name : names_) {
    const std::vector<std::string> of_name = UuidsIn(name);
    const bool has = std::any_of(of_name.begin(), of_name.end(),
                                 [&](const std::string& id) { return ids.count(id) > 0; });
    if (has) unwanted.names_.insert(name);
  }
  Forget(unwanted);
}

void NameBook::ForgetKind(const std::string& kind) {
  NameBook unwanted;
  unwanted.names_.insert(Of(kind).begin(), Of(kind).end());
  Forget(unwanted);
}

const Message* NameBook::Example(const Descriptor& type) const {
  const auto found = examples_.find(&type);
  return found == examples_.end() ? nullptr : found->second.get();
}

const std::vector<std::string>& NameBook::Of(const std::string& kind) const {
  static const auto* none = new std::vector<std::string>();
  const auto found = kinds_.find(kind);
  return found == kinds_.end() ? *none : found->second;
}

std::string NameBook::First(const std::string& kind) const {
  return Of(kind).empty() ? "" : Of(kind).front();
}

}  // namespace staraction::test
