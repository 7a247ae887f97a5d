#include "common/content/parse.h"

#include <google/protobuf/io/tokenizer.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/content/reflect.h"

namespace staraction::content {
namespace {

constexpr char kHeadFile[] = "pack.textproto";

bool IsUtf8(const std::string& text) {
  if (text.find('\0') != std::string::npos) return false;
  UErrorCode error = U_ZERO_ERROR;
  u_strFromUTF8(nullptr, 0, nullptr, text.data(), static_cast<int32_t>(text.size()), &error);
  // Without a buffer, a good text "overflows" it.
  return U_SUCCESS(error) || error == U_BUFFER_OVERFLOW_ERROR;
}

class Collector : public google::protobuf::io::ErrorCollector {
 public:
  Collector(std::string file, Problems& problems) : file_(std::move(file)), problems_(problems) {}
  void AddError(int line, int /*column*/, const std::string& message) override {
    problems_.push_back({file_, line + 1, "", message});
  }
  void AddWarning(int line, int column, const std::string& message) override {
    AddError(line, column, message);
  }

 private:
  const std::string file_;
  Problems& problems_;
};

void FillLoaderFields(google::protobuf::Message& message, const v1::PackRef& ref,
                      const std::map<std::string, std::string>& markdown) {
  if (auto* body = dynamic_cast<v1::Markdown*>(&message)) {
    const auto found = markdown.find(body->file());
    if (found != markdown.end()) body->set_text(found->second);
    return;
  }
  const auto* pack_field = message.GetDescriptor()->FindFieldByName("pack");
  if (pack_field != nullptr && pack_field->message_type() == v1::PackRef::descriptor()) {
    message.GetReflection()->MutableMessage(&message, pack_field)->CopyFrom(ref);
  }
  ForEachChild(message,
               [&](google::protobuf::Message& child) { FillLoaderFields(child, ref, markdown); });
}

// Gives courses that borrow questions theirs. Those who lend have their own.
void FillBorrowedQuestions(v1::Pack& pack) {
  for (v1::Course& course : *pack.mutable_courses()) {
    if (course.questions_from().empty()) continue;
    std::set<std::string> topics;
    for (const auto& module : course.modules()) topics.insert(module.code());
    for (const v1::Course& lender : pack.courses()) {
      if (lender.id() != course.questions_from() || !lender.questions_from().empty()) continue;
      for (const auto& question : lender.questions()) {
        if (topics.count(question.topic()) > 0) *course.add_questions() = question;
      }
    }
  }
}

const v1::Questionnaire* FindQuestionnaire(const ParsedPack& pack, const std::string& id) {
  for (const auto& fragment : pack.fragments) {
    for (const auto& sheet : fragment->content.questionnaires()) {
      if (sheet.id() == id) return &sheet;
    }
  }
  return nullptr;
}

// Gives a variant what it leaves out. Its own items stay in front, so that their lines are right.
void Complete(const v1::Questionnaire& base, v1::Questionnaire& variant) {
  std::set<std::string> own;
  for (const auto& item : variant.items()) own.insert(item.code());
  v1::Questionnaire rest = base;
  rest.clear_items();
  for (const auto& item : base.items()) {
    if (own.count(item.code()) == 0) *rest.add_items() = item;
  }
  const auto* reflection = variant.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> set;
  reflection->ListFields(variant, &set);
  for (const auto* field : set) {
    if (field->number() != v1::Questionnaire::kItemsFieldNumber) {
      reflection->ClearField(&rest, field);
    }
  }
  variant.MergeFrom(rest);
}

void CompleteVariants(ParsedPack& pack) {
  for (const auto& fragment : pack.fragments) {
    for (auto& sheet : *fragment->content.mutable_questionnaires()) {
      if (sheet.variant_of().empty()) continue;
      const auto* base = FindQuestionnaire(pack, sheet.variant_of());
      if (base != nullptr && base->variant_of().empty()) Complete(*base, sheet);
    }
  }
}

// The head may stand in pack.textproto only.
void CheckHeadPlace(const Fragment& fragment, Problems& problems) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  fragment.content.GetReflection()->ListFields(fragment.content, &fields);
  for (const auto* field : fields) {
    if (field->number() >= v1::Pack::kOfferingsFieldNumber) continue;
    const int index = field->is_repeated() ? 0 : -1;
    problems.push_back({fragment.file, fragment.lines.GetLocation(field, index).line + 1,
                        field->name(), absl::StrCat("belongs into ", kHeadFile)});
  }
}

}  // namespace

v1::Pack ParsedPack::Joined() const {
  v1::Pack pack;
  for (const auto& fragment : fragments) pack.MergeFrom(fragment->content);
  v1::PackRef ref;
  ref.set_urn(head.urn());
  ref.set_version(head.version());
  FillLoaderFields(pack, ref, markdown);
  FillBorrowedQuestions(pack);
  for (auto& sheet : *pack.mutable_questionnaires()) {
    if (sheet.variant_of().empty()) continue;
    std::stable_sort(sheet.mutable_items()->begin(), sheet.mutable_items()->end(),
                     [](const auto& a, const auto& b) { return a.number() < b.number(); });
  }
  return pack;
}

ParsedPack ParsePack(const PackSource& source, Problems& problems) {
  ParsedPack pack;
  pack.folder = source.folder;
  for (const PackFile& file : source.files) {
    const std::string shown = absl::StrCat(source.folder, "/", file.path);
    if (!IsUtf8(file.text)) {
      problems.push_back({shown, 0, "", "is not UTF-8 text"});
      continue;
    }
    if (absl::EndsWith(file.path, ".md")) {
      pack.markdown.emplace(file.path, file.text);
      continue;
    }
    auto fragment = std::make_unique<Fragment>();
    fragment->file = shown;
    Collector collector(shown, problems);
    google::protobuf::TextFormat::Parser parser;
    parser.RecordErrorsTo(&collector);
    parser.WriteLocationsTo(&fragment->lines);
    if (!parser.ParseFromString(file.text, &fragment->content)) continue;
    if (file.path == kHeadFile) {
      pack.head = fragment->content;
    } else {
      CheckHeadPlace(*fragment, problems);
    }
    pack.fragments.push_back(std::move(fragment));
  }
  CompleteVariants(pack);
  return pack;
}

}  // namespace staraction::content
