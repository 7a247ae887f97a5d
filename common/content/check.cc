#include "common/content/check.h"

#include "absl/strings/str_cat.h"
#include "common/content/reflect.h"

namespace staraction::content {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

Where Where::At(const Message& message, const std::string& name, int index) const {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  Where place{file, line, path.empty() ? name : absl::StrCat(path, ".", name), nullptr};
  if (index >= 0) {
    std::string key = absl::StrCat(index);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const std::string own =
          KeyOf(message.GetReflection()->GetRepeatedMessage(message, field, index));
      if (!own.empty()) key = absl::StrCat("\"", own, "\"");
    }
    place.path = absl::StrCat(place.path, "[", key, "]");
  }
  if (lines == nullptr) return place;
  const int found = lines->GetLocation(field, index).line;
  if (found >= 0) place.line = found + 1;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    place.lines = lines->GetTreeForNested(field, index);
  }
  return place;
}

void CheckContext::Report(const Where& where, const std::string& text) const {
  problems.push_back({where.file, where.line, where.path, text});
}

const Message* CheckContext::Resolve(const std::string& kind, const std::string& id) const {
  const Message* newest = catalogue.Find(kind, id, 0);
  if (newest == nullptr) return nullptr;
  const auto* field = newest->GetDescriptor()->FindFieldByName("pack");
  const auto& ref =
      static_cast<const v1::PackRef&>(newest->GetReflection()->GetMessage(*newest, field));
  if (ref.urn() != pack.head.urn()) return newest;
  return catalogue.Find(kind, id, pack.head.version());
}

namespace {

void CheckHead(const CheckContext& context) {
  const v1::Pack& head = context.pack.head;
  const Where where{absl::StrCat(context.pack.folder, "/pack.textproto"), 0, "", nullptr};
  if (head.urn().compare(0, 4, "urn:") != 0) {
    context.Report(where, "urn is missing or doesn't begin with \"urn:\"");
  }
  if (head.version() < 1) context.Report(where, "version is missing or less than 1");
  if (!head.has_title()) context.Report(where, "title is missing");
  if (head.license_note().empty()) context.Report(where, "license_note is missing");
  if (!head.has_valid_from()) context.Report(where, "valid_from is missing");
}

}  // namespace

void CheckPack(const ParsedPack& pack, const Catalogue& catalogue, Problems& problems) {
  const CheckContext context{pack, catalogue, problems};
  CheckHead(context);
  for (const auto& fragment : pack.fragments) {
    const Where where{fragment->file, 0, "", &fragment->lines};
    CheckShape(context, fragment->content, where);
    CheckMeaning(context, fragment->content, where);
  }
}

}  // namespace staraction::content
