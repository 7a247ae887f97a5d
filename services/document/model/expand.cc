#include "services/document/model/expand.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/document/model/prose.h"

namespace staraction::document {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;
using Blocks = RepeatedPtrField<v1::Block>;

// Whether the string names data: the code of a field or a prose, the name of a list.
bool NamesData(const Message& message, const FieldDescriptor& field) {
  static const std::set<std::string> kNames = {"repeat", "when", "unless"};
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING || field.is_repeated()) return false;
  if (kNames.contains(field.name())) return true;
  return field.name() == "code" && (dynamic_cast<const v1::Field*>(&message) != nullptr ||
                                    dynamic_cast<const v1::Prose*>(&message) != nullptr);
}

// Names of data that begin with `prefix` begin with `replacement` then, at every depth.
void Rename(Message& message, const std::string& prefix, const std::string& replacement) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const auto* field : present) {
    if (NamesData(message, *field)) {
      const std::string name = reflection->GetString(message, field);
      if (absl::StartsWith(name, prefix)) {
        reflection->SetString(&message, field, replacement + name.substr(prefix.size()));
      }
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      Rename(*reflection->MutableMessage(&message, field), prefix, replacement);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      Rename(*reflection->MutableRepeatedMessage(&message, field, i), prefix, replacement);
    }
  }
}

class Expander {
 public:
  explicit Expander(const TemplateData& data) : data_(data) { out_.fields = data.fields; }

  Blocks All(const Blocks& blocks, const std::string& path) {
    Blocks all;
    for (int i = 0; i < blocks.size(); ++i) {
      AddBlock(blocks[i], absl::StrCat(path, "[", i, "]"), all);
    }
    return all;
  }

  Expanded& out() { return out_; }
  const std::vector<Violation>& violations() const { return violations_; }

 private:
  void AddBlock(const v1::Block& block, const std::string& path, Blocks& all) {
    if (block.has_prose()) return AddProse(block.prose(), path + ".prose", all);
    if (block.has_group()) return AddGroup(block.group(), path + ".group", all);
    v1::Block& copy = *all.Add() = block;
    if (copy.has_article()) Article(*copy.mutable_article(), path + ".article");
    if (copy.has_list()) List(*copy.mutable_list(), path + ".list");
    if (copy.has_table()) {
      Repeat(*copy.mutable_table()->mutable_rows(), path + ".table.rows");
      Keep(*copy.mutable_table()->mutable_rows(), path + ".table.rows");
    }
    if (copy.has_key_value()) {
      Repeat(*copy.mutable_key_value()->mutable_rows(), path + ".key_value.rows");
    }
    AddChart(copy, path);
    AddNested(copy, path);
  }

  void AddChart(v1::Block& copy, const std::string& path) {
    if (copy.has_bar_chart()) {
      Repeat(*copy.mutable_bar_chart()->mutable_rows(), path + ".bar_chart.rows");
    }
    if (copy.has_radar_chart()) {
      Repeat(*copy.mutable_radar_chart()->mutable_rows(), path + ".radar_chart.rows");
    }
    if (copy.has_heat_map()) {
      Repeat(*copy.mutable_heat_map()->mutable_columns(), path + ".heat_map.columns");
      Repeat(*copy.mutable_heat_map()->mutable_rows(), path + ".heat_map.rows");
      for (auto& row : *copy.mutable_heat_map()->mutable_rows()) {
        Repeat(*row.mutable_cells(), path + ".heat_map.rows.cells");
      }
    }
  }

  void AddNested(v1::Block& copy, const std::string& path) {
    if (copy.has_columns()) {
      for (auto& column : *copy.mutable_columns()->mutable_columns()) {
        *column.mutable_blocks() = All(column.blocks(), path + ".columns.blocks");
      }
    }
    if (copy.has_slips()) {
      Repeat(*copy.mutable_slips()->mutable_slips(), path + ".slips.slips");
      for (auto& slip : *copy.mutable_slips()->mutable_slips()) {
        *slip.mutable_blocks() = All(slip.blocks(), path + ".slips.slips.blocks");
      }
    }
  }

  void AddProse(const v1::Prose& prose, const std::string& path, Blocks& all) {
    const auto text = data_.prose.find(prose.code());
    if (text == data_.prose.end()) return Violate(path, prose.code());
    for (v1::Block& block : ProseBlocks(text->second)) *all.Add() = std::move(block);
  }

  // Whether the field has a value, or the list a row.
  bool HasData(const std::string& name, const std::string& path) {
    const auto list = data_.lists.find(name);
    if (list != data_.lists.end()) return !list->second.empty();
    const auto field = out_.fields.find(name);
    if (field != out_.fields.end()) return !field->second.empty();
    Violate(path, name);
    return false;
  }

  // Whether the element's conditions hold.
  template <typename Element>
  bool Stands(const Element& element, const std::string& path) {
    if (!element.when().empty() && !HasData(element.when(), path + ".when")) return false;
    return element.unless().empty() || !HasData(element.unless(), path + ".unless");
  }

  // Leaves the elements whose conditions hold, without their conditions.
  template <typename Element>
  void Keep(RepeatedPtrField<Element>& elements, const std::string& path) {
    RepeatedPtrField<Element> kept;
    for (int i = 0; i < elements.size(); ++i) {
      if (!Stands(elements[i], absl::StrCat(path, "[", i, "]"))) continue;
      Element& element = *kept.Add() = std::move(elements[i]);
      element.clear_when();
      element.clear_unless();
    }
    elements = std::move(kept);
  }

  void Article(v1::Article& article, const std::string& path) {
    Keep(*article.mutable_clauses(), path + ".clauses");
    for (auto& clause : *article.mutable_clauses()) {
      Items(*clause.mutable_items(), path + ".clauses.items");
    }
  }

  void Items(RepeatedPtrField<v1::ClauseItem>& items, const std::string& path) {
    Repeat(items, path);
    Keep(items, path);
    for (auto& item : items) Items(*item.mutable_items(), path + ".items");
  }

  void AddGroup(const v1::Group& group, const std::string& path, Blocks& all) {
    if (!Stands(group, path)) return;
    RepeatedPtrField<v1::Group> copies;
    *copies.Add() = group;
    Repeat(copies, path);
    for (int i = 0; i < copies.size(); ++i) {
      if (i > 0 && group.page_break_between()) all.Add()->mutable_page_break();
      for (v1::Block& block : All(copies[i].blocks(), path + ".blocks")) {
        *all.Add() = std::move(block);
      }
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
    Keep(*list.mutable_items(), path + ".items");
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
        Rename(copy, name + ".", prefix);
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
  *expander.out().document.mutable_blocks() = expander.All(document.blocks(), "blocks");
  if (!expander.violations().empty()) return InvalidFields(expander.violations());
  return std::move(expander.out());
}

}  // namespace staraction::document
