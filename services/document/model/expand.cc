#include "services/document/model/expand.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/document/model/prose.h"

namespace staraction::document {
namespace {

using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;

// Field codes that begin with `prefix` begin with `replacement` then, at every depth.
void RenameFields(Message& message, const std::string& prefix, const std::string& replacement) {
  if (auto* field = dynamic_cast<v1::Field*>(&message)) {
    if (absl::StartsWith(field->code(), prefix)) {
      field->set_code(replacement + field->code().substr(prefix.size()));
    }
    return;
  }
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const auto* field : present) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      RenameFields(*reflection->MutableMessage(&message, field), prefix, replacement);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      RenameFields(*reflection->MutableRepeatedMessage(&message, field, i), prefix, replacement);
    }
  }
}

class Expander {
 public:
  explicit Expander(const TemplateData& data) : data_(data) { out_.fields = data.fields; }

  void AddBlock(const v1::Block& block, const std::string& path) {
    if (block.has_prose()) return AddProse(block.prose(), path + ".prose");
    v1::Block& copy = *out_.document.add_blocks() = block;
    if (copy.has_list()) List(*copy.mutable_list(), path + ".list");
    if (copy.has_table()) Repeat(*copy.mutable_table()->mutable_rows(), path + ".table.rows");
    if (copy.has_key_value()) {
      Repeat(*copy.mutable_key_value()->mutable_rows(), path + ".key_value.rows");
    }
  }

  Expanded& out() { return out_; }
  const std::vector<Violation>& violations() const { return violations_; }

 private:
  void AddProse(const v1::Prose& prose, const std::string& path) {
    const auto text = data_.prose.find(prose.code());
    if (text == data_.prose.end()) return Violate(path, prose.code());
    for (v1::Block& block : ProseBlocks(text->second)) {
      *out_.document.add_blocks() = std::move(block);
    }
  }

  void List(v1::List& list, const std::string& path) {
    for (int i = 0; i < list.items_size(); ++i) {
      v1::ListItem& item = *list.mutable_items(i);
      for (int k = 0; k < item.lists_size(); ++k) {
        List(*item.mutable_lists(k), absl::StrCat(path, ".items[", i, "].lists[", k, "]"));
      }
    }
    Repeat(*list.mutable_items(), path + ".items");
  }

  template <typename Element>
  void Repeat(RepeatedPtrField<Element>& elements, const std::string& path) {
    RepeatedPtrField<Element> all;
    for (int i = 0; i < elements.size(); ++i) {
      const std::string name = elements[i].repeat();
      if (name.empty()) {
        *all.Add() = std::move(elements[i]);
        continue;
      }
      const auto rows = data_.lists.find(name);
      if (rows == data_.lists.end()) {
        Violate(absl::StrCat(path, "[", i, "].repeat"), name);
        continue;
      }
      for (size_t row = 0; row < rows->second.size(); ++row) {
        const std::string prefix = absl::StrCat(name, "[", row, "].");
        Element& copy = *all.Add() = elements[i];
        copy.clear_repeat();
        RenameFields(copy, name + ".", prefix);
        for (const auto& [code, value] : rows->second[row]) out_.fields[prefix + code] = value;
      }
    }
    elements = std::move(all);
  }

  void Violate(const std::string& path, const std::string& name) {
    violations_.push_back({path, absl::StrCat("names '", name, "', which is no data of this kind"),
                           absl::StrCat("「", name, "」というデータはこの種類の文書にありません")});
  }

  const TemplateData& data_;
  Expanded out_;
  std::vector<Violation> violations_;
};

}  // namespace

absl::StatusOr<Expanded> Expand(const v1::BlockDocument& document, const TemplateData& data) {
  Expander expander(data);
  expander.out().document = document;
  expander.out().document.clear_blocks();
  for (int i = 0; i < document.blocks_size(); ++i) {
    expander.AddBlock(document.blocks(i), absl::StrCat("blocks[", i, "]"));
  }
  if (!expander.violations().empty()) return InvalidFields(expander.violations());
  return std::move(expander.out());
}

}  // namespace staraction::document
