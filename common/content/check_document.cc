#include <set>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

using google::protobuf::Message;

// Ids of headings, articles, tables …, and what references want, at every depth.
struct Ids {
  std::set<std::string> given;
  std::set<std::string> wanted;
};

void Collect(const CheckContext& context, const Message& message, const Where& where, Ids& ids) {
  if (const auto* reference = dynamic_cast<const document::v1::CrossReference*>(&message)) {
    ids.wanted.insert(reference->id());
    return;
  }
  const auto* id = message.GetDescriptor()->FindFieldByName("id");
  const std::string own =
      id == nullptr ? std::string() : message.GetReflection()->GetString(message, id);
  if (!own.empty() && !ids.given.insert(own).second) {
    context.Report(where, absl::StrCat("id \"", own, "\" is used twice"));
  }
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto* field = message.GetDescriptor()->field(i);
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (field->is_repeated()) {
      for (int k = 0; k < reflection->FieldSize(message, field); ++k) {
        Collect(context, reflection->GetRepeatedMessage(message, field, k), where, ids);
      }
    } else if (reflection->HasField(message, field)) {
      Collect(context, reflection->GetMessage(message, field), where, ids);
    }
  }
}

}  // namespace

void Check(const CheckContext& context, const v1::DocumentTemplate& document, const Where& where) {
  static const std::set<std::string> kStyles = {"",      "formal", "letter", "compact",
                                                "plain", "ledger", "poster"};
  const auto& content = document.document();
  const Where place = where.At(document, "document");
  if (!kStyles.contains(content.style())) {
    context.Report(place, absl::StrCat("there is no style \"", content.style(), "\""));
  }
  if (content.title().empty()) context.Report(place, "title is missing");
  if (content.blocks().empty()) context.Report(place, "blocks is missing");
  Ids ids;
  for (int i = 0; i < content.blocks_size(); ++i) {
    const Where block = place.At(content, "blocks", i);
    if (content.blocks(i).kind_case() == document::v1::Block::KIND_NOT_SET) {
      context.Report(block, "has no kind");
    }
    Collect(context, content.blocks(i), block, ids);
  }
  for (const std::string& id : ids.wanted) {
    if (!ids.given.contains(id)) context.Report(place, absl::StrCat("there is no id \"", id, "\""));
  }
}

}  // namespace staraction::content
