#include "services/gateway/transcode/json_reader.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/strings.h"
#include "common/status/errors.h"
#include "services/gateway/route/field_path.h"
#include "services/gateway/route/percent.h"
#include "services/gateway/transcode/field_value.h"
#include "services/gateway/transcode/json_number.h"
#include "services/gateway/transcode/json_scanner.h"
#include "services/gateway/transcode/value_count.h"

namespace staraction::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A body of megabytes may have a million faults; nobody reads more than these.
constexpr size_t kEnough = 2 * kMaxViolations;

bool IsInteger(const FieldDescriptor* field) {
  return field->cpp_type() <= FieldDescriptor::CPPTYPE_UINT64;
}

// Most functions take one value from the text, and return false if the text is no JSON. What is
// JSON but doesn't fit is noted and skipped, so that all faults are told at once.
class Reader {
 public:
  Reader(std::string_view text, const std::string& prefix) : scanner_(text), prefix_(prefix) {}

  absl::Status Read(Message* message) {
    const bool whole =
        scanner_.Peek() == '{' ? ReadMessage(message, 1) : scanner_.Fail("an object expected");
    if (whole && scanner_.Peek() != '\0') scanner_.Fail("nothing more expected");
    if (!scanner_.fault().empty()) return Fault();
    return violations_.empty() ? absl::OkStatus() : InvalidFields(violations_);
  }

 private:
  // One step of the path to where the reader is, for messages.
  struct Step {
    std::string_view member;  // else an element or a map's entry
    size_t index = 0;
    bool entry = false;
  };

  absl::Status Fault() const {
    const auto [line, column] = scanner_.place();
    const std::string en = refused_.empty() ? "no valid JSON: " : "";
    const std::string ja = refused_.empty() ? "正しい JSON ではありません" : refused_;
    return InvalidFields(
        {{"body", absl::StrCat(en, scanner_.fault(), " at line ", line, ", column ", column),
          absl::StrCat(ja, "（", line, "行", column, "列目）")}},
        error::v1::ERROR_REASON_MALFORMED_BODY);
  }

  // For what is JSON, but not taken.
  bool Refuse(const std::string& en, const std::string& ja) {
    refused_ = ja;
    return scanner_.Fail(en);
  }

  std::string Path() const {
    std::string path = prefix_;
    for (const Step& step : path_) {
      if (step.entry) {
        absl::StrAppend(&path, "[]");
      } else if (step.member.empty()) {
        absl::StrAppend(&path, "[", step.index, "]");
      } else {
        absl::StrAppend(&path, &step == &path_.front() ? "" : ".", ToAbsl(step.member));
      }
    }
    return path;
  }

  void Note(const std::string& en, const std::string& ja) {
    if (violations_.size() < kEnough) violations_.push_back({Path(), en, ja});
  }

  bool NoteAndSkip(const std::string& en, const std::string& ja, int depth) {
    Note(en, ja);
    return Skip(depth);
  }

  bool Unfit(const FieldDescriptor* field) {
    if (violations_.size() < kEnough) violations_.push_back(Misfit(Path(), *field));
    return true;
  }

  template <typename Take>
  bool Within(const Step& step, Take take) {
    path_.push_back(step);
    const bool taken = take();
    path_.pop_back();
    return taken;
  }

  // An object, member by member: `take` gets the name and takes the value behind the colon.
  template <typename Take>
  bool TakeMembers(int depth, Take take) {
    if (depth > kMaxJsonDepth) return TooDeep();
    scanner_.Take('{');
    if (scanner_.Peek() == '}') return scanner_.Take('}');
    std::string name;
    while (true) {
      if (!CountValue() || !scanner_.TakeString(&name) || !take(name)) return false;
      if (scanner_.Peek() != ',') return scanner_.Take('}');
      scanner_.Take(',');
    }
  }

  template <typename Take>
  bool TakeElements(int depth, Take take) {
    if (depth > kMaxJsonDepth) return TooDeep();
    scanner_.Take('[');
    if (scanner_.Peek() == ']') return scanner_.Take(']');
    for (size_t index = 0;; ++index) {
      if (!CountValue() || !Within({{}, index, false}, take)) return false;
      if (scanner_.Peek() != ',') return scanner_.Take(']');
      scanner_.Take(',');
    }
  }

  bool TooDeep() {
    return Refuse(absl::StrCat("nested too deeply: at most ", kMaxJsonDepth, " levels are taken"),
                  absl::StrCat("入れ子は", kMaxJsonDepth, "段までです"));
  }

  bool CountValue() {
    return ++values_ <= kMaxValues ||
           Refuse(absl::StrCat("at most ", kMaxValues, " values are taken"),
                  absl::StrCat("値は", kMaxValues, "個までです"));
  }

  bool TakeColon(bool is_first) {
    return is_first ? scanner_.Take(':') : Refuse("a member comes twice", "同じ名前が二度あります");
  }

  bool ReadMessage(Message* message, int depth) {
    absl::InlinedVector<const FieldDescriptor*, 16> seen;
    std::set<std::string> unknown;
    return TakeMembers(depth, [&](const std::string& name) {
      const FieldDescriptor* field = FindField(*message->GetDescriptor(), name);
      if (field == nullptr) {
        const std::string shown = ShownName(name);
        return Within({shown, 0, false}, [&] {
          Note("no such field", "このフィールドはありません");
          return TakeColon(unknown.insert(name).second) && Skip(depth + 1);
        });
      }
      const bool first = std::find(seen.begin(), seen.end(), field) == seen.end();
      seen.push_back(field);
      return TakeColon(first) && Within({field->name(), 0, false},
                                        [&] { return ReadField(field, message, depth + 1); });
    });
  }

  bool ReadField(const FieldDescriptor* field, Message* message, int depth) {
    const char c = scanner_.Peek();
    if (c == 'n') return scanner_.TakeWord("null");
    const auto* oneof = field->real_containing_oneof();
    if (oneof != nullptr && message->GetReflection()->HasOneof(*message, oneof)) {
      return NoteAndSkip("excludes another field of this body",
                         "同時に指定できないフィールドがあります", depth);
    }
    if (field->is_map()) {
      return c == '{' ? ReadMap(field, message, depth) : NoObject(depth);
    }
    if (!field->is_repeated()) return ReadValue(field, message, depth);
    if (c != '[') return NoteAndSkip("must be an array", "配列で指定してください", depth);
    return TakeElements(depth, [&] { return ReadElement(field, message, depth + 1); });
  }

  bool ReadElement(const FieldDescriptor* field, Message* message, int depth) {
    if (scanner_.Peek() != 'n') return ReadValue(field, message, depth);
    return NoteAndSkip("must not be null", "null は指定できません", depth);
  }

  bool ReadMap(const FieldDescriptor* field, Message* message, int depth) {
    std::set<std::string> seen;
    return TakeMembers(depth, [&](const std::string& name) {
      if (!TakeColon(seen.insert(name).second)) return false;
      return Within({{}, 0, true}, [&] {
        Message* entry = message->GetReflection()->AddMessage(message, field);
        const FieldDescriptor* key = field->message_type()->map_key();
        const bool one_spelling = !IsInteger(key) || IsShortestInteger(name);
        if (!one_spelling || !SetField(key, name, entry)) {
          Note("a key doesn't fit", "キーが正しくありません");
        }
        return ReadElement(field->message_type()->map_value(), entry, depth + 1);
      });
    });
  }

  bool NoObject(int depth) {
    return NoteAndSkip("must be an object", "オブジェクトで指定してください", depth);
  }

  // Sets a singular field, or adds an element to a repeated one.
  bool ReadValue(const FieldDescriptor* field, Message* message, int depth) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return ReadMessageValue(field, message, depth);
    }
    const char c = scanner_.Peek();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        if (c == '"') return ReadText(field, message);
        return NoteAndSkip("must be a string", "文字列で指定してください", depth);
      case FieldDescriptor::CPPTYPE_ENUM:
        if (c == '"') return ReadText(field, message);
        return NoteAndSkip("must be a name of a value", "値の名前で指定してください", depth);
      case FieldDescriptor::CPPTYPE_BOOL:
        if (c == 't' || c == 'f') return ReadBare(field, message, depth);
        return NoteAndSkip("must be true or false", "true または false で指定してください", depth);
      default:
        if (c == '"') return ReadText(field, message);
        if (c == '-' || absl::ascii_isdigit(static_cast<unsigned char>(c))) {
          return ReadBare(field, message, depth);
        }
        return NoteAndSkip("must be a number", "数値で指定してください", depth);
    }
  }

  bool ReadText(const FieldDescriptor* field, Message* message) {
    if (!scanner_.TakeString(&string_)) return false;
    return SetField(field, std::move(string_), message) || Unfit(field);
  }

  // A number or a word, as it stands.
  bool ReadBare(const FieldDescriptor* field, Message* message, int depth) {
    const size_t begin = scanner_.at();
    if (!Skip(depth)) return false;
    std::string text(scanner_.Since(begin));
    if (IsInteger(field) && text.find_first_of(".eE") != std::string::npos) text = InDigits(text);
    if (text == "-0") text = "0";  // of an unsigned field, too
    return SetField(field, std::move(text), message) || Unfit(field);
  }

  bool ReadMessageValue(const FieldDescriptor* field, Message* message, int depth) {
    const Descriptor& type = *field->message_type();
    if (type.well_known_type() == Descriptor::WELLKNOWNTYPE_UNSPECIFIED) {
      return scanner_.Peek() == '{' ? ReadMessage(MutableValue(field, message), depth)
                                    : NoObject(depth);
    }
    if (IsWrapper(type)) return ReadValue(type.field(0), MutableValue(field, message), depth);
    if (IsWrittenAsText(type)) {
      return scanner_.Peek() == '"' ? ReadText(field, message) : Skip(depth) && Unfit(field);
    }
    // Any JSON, or a message of a type that the JSON names.
    scanner_.Peek();
    const size_t begin = scanner_.at();
    if (!Skip(depth)) return false;
    const std::string json(scanner_.Since(begin));
    return google::protobuf::util::JsonStringToMessage(json, MutableValue(field, message)).ok() ||
           Unfit(field);
  }

  // Any value.
  bool Skip(int depth) {
    switch (const char c = scanner_.Peek()) {
      case '{': {
        std::set<std::string> seen;
        return TakeMembers(depth, [&](const std::string& name) {
          return TakeColon(seen.insert(name).second) && Skip(depth + 1);
        });
      }
      case '[':
        return TakeElements(depth, [&] { return Skip(depth + 1); });
      case '"':
        return scanner_.TakeString(&string_);
      case 't':
        return scanner_.TakeWord("true");
      case 'f':
        return scanner_.TakeWord("false");
      case 'n':
        return scanner_.TakeWord("null");
      default:
        return c == '-' || absl::ascii_isdigit(static_cast<unsigned char>(c))
                   ? scanner_.TakeNumber()
                   : scanner_.Fail("a value expected");
    }
  }

  JsonScanner scanner_;
  const std::string& prefix_;
  std::vector<Step> path_;
  int values_ = 0;
  std::string refused_;  // in Japanese, if what is wrong isn't the JSON
  std::string string_;
  std::vector<Violation> violations_;
};

}  // namespace

absl::Status ReadJson(std::string_view text, const std::string& prefix, Message* message) {
  if (!IsCleanUtf8(text)) {
    return InvalidFields({{"body", "is not UTF-8 or holds NUL", "UTF-8 ではないか NUL を含みます"}},
                         error::v1::ERROR_REASON_MALFORMED_BODY);
  }
  return Reader(text, prefix).Read(message);
}

}  // namespace staraction::gateway
