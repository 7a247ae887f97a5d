#include "services/gateway/transcode/json_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/gateway/route/field_path.h"
#include "services/gateway/route/percent.h"
#include "services/gateway/transcode/json_scanner.h"

namespace staraction::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// A body of megabytes may have a million faults; nobody reads more than these.
constexpr size_t kEnough = 2 * kMaxViolations;

// What a value must be: a field's (or one element of it), or anything if both are null.
struct Expected {
  const FieldDescriptor* field = nullptr;
  const Descriptor* message = nullptr;  // set if it must be an object with this message's fields
  bool element = false;                 // one element of the repeated field
};

// Times, masks, wrappers and the like have JSON forms of their own, which protobuf checks.
bool HasOwnJsonForm(const Descriptor& message) {
  return message.file()->package() == "google.protobuf";
}

Expected ElementOf(const FieldDescriptor* field) {
  if (field == nullptr) return {};
  const Descriptor* message = field->message_type();
  if (message != nullptr && HasOwnJsonForm(*message)) return {};
  return {field, message, /*element=*/true};
}

// A name that a client made up is repeated only if it looks like a field's.
std::string SafeName(const std::string& name) {
  const bool safe = name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
                      return c == '_' || absl::ascii_isalnum(static_cast<unsigned char>(c));
                    });
  return safe && !name.empty() ? name : "(unknown)";
}

class Checker {
 public:
  Checker(std::string_view text, const std::string& prefix) : scanner_(text), prefix_(prefix) {}

  absl::Status Check(const Descriptor& message) {
    const bool whole = scanner_.Peek() == '{' ? Object({nullptr, &message, false}, "", 1)
                                              : scanner_.Fail("an object expected");
    if (whole && scanner_.Peek() != '\0') scanner_.Fail("nothing more expected");
    if (!scanner_.fault().empty()) {
      const std::string where = scanner_.Position();
      return InvalidFields(
          {{"body", absl::StrCat("no valid JSON: ", scanner_.fault(), " at ", where),
            absl::StrCat("正しい JSON ではありません（", where, "）")}},
          error::v1::ERROR_REASON_MALFORMED_BODY);
    }
    return violations_.empty() ? absl::OkStatus() : InvalidFields(violations_);
  }

 private:
  void Misfit(const std::string& path, const std::string& en, const std::string& ja) {
    if (violations_.size() < kEnough) violations_.push_back({prefix_ + path, en, ja});
  }

  bool Value(const Expected& expected, const std::string& path, int depth) {
    const char c = scanner_.Peek();
    if ((c == '{' || c == '[') && depth > kMaxJsonDepth) return scanner_.Fail("nested too deeply");
    if (c == 'n') return scanner_.TakeWord("null");
    CheckKind(expected, path, c);
    switch (c) {
      case '{':
        return Object(expected, path, depth);
      case '[':
        return Array(expected, path, depth);
      case '"':
        return scanner_.TakeString(&string_);
      case 't':
        return scanner_.TakeWord("true");
      case 'f':
        return scanner_.TakeWord("false");
      default:
        return c == '-' || absl::ascii_isdigit(static_cast<unsigned char>(c))
                   ? scanner_.TakeNumber()
                   : scanner_.Fail("a value expected");
    }
  }

  void CheckKind(const Expected& expected, const std::string& path, char c) {
    if (expected.field == nullptr) return;
    const bool number = c == '-' || absl::ascii_isdigit(static_cast<unsigned char>(c));
    if (!expected.element && expected.field->is_map()) {
      if (c != '{') Misfit(path, "must be an object", "オブジェクトで指定してください");
    } else if (!expected.element && expected.field->is_repeated()) {
      if (c != '[') Misfit(path, "must be an array", "配列で指定してください");
    } else if (expected.message != nullptr) {
      if (c != '{') Misfit(path, "must be an object", "オブジェクトで指定してください");
    } else {
      CheckScalarKind(*expected.field, path, c, number);
    }
  }

  void CheckScalarKind(const FieldDescriptor& field, const std::string& path, char c, bool number) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        if (c != '"') Misfit(path, "must be a string", "文字列で指定してください");
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        if (c != 't' && c != 'f') {
          Misfit(path, "must be true or false", "true または false で指定してください");
        }
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        if (c != '"') Misfit(path, "must be a name of a value", "値の名前で指定してください");
        break;
      default:
        if (!number && c != '"') Misfit(path, "must be a number", "数値で指定してください");
    }
  }

  bool Array(const Expected& expected, const std::string& path, int depth) {
    const bool fits = expected.field != nullptr && expected.field->is_repeated() &&
                      !expected.element && !expected.field->is_map();
    const Expected element = fits ? ElementOf(expected.field) : Expected();
    scanner_.Take('[');
    if (scanner_.Peek() == ']') return scanner_.Take(']');
    for (size_t index = 0;; ++index) {
      const std::string at = absl::StrCat(path, "[", index, "]");
      if (scanner_.Peek() == 'n' && fits) {
        Misfit(at, "must not be null", "null は指定できません");
      }
      if (!Value(element, at, depth + 1)) return false;
      if (scanner_.Peek() != ',') return scanner_.Take(']');
      scanner_.Take(',');
    }
  }

  bool Object(const Expected& expected, const std::string& path, int depth) {
    std::set<std::string> seen;
    scanner_.Take('{');
    if (scanner_.Peek() == '}') return scanner_.Take('}');
    while (true) {
      std::string name;
      if (!scanner_.TakeString(&name)) return false;
      std::string member;
      const Expected next = Member(expected, path, name, &member);
      if (!seen.insert(name).second) return scanner_.Fail("a member comes twice");
      if (!scanner_.Take(':') || !Value(next, member, depth + 1)) return false;
      if (scanner_.Peek() != ',') return scanner_.Take('}');
      scanner_.Take(',');
    }
  }

  // What the member must hold. Replaces `name` by the field's own, so that its two spellings are
  // one member, and sets `member` to its path.
  Expected Member(const Expected& expected, const std::string& path, std::string& name,
                  std::string* member) {
    const bool map = expected.field != nullptr && expected.field->is_map() && !expected.element;
    if (map) {
      *member = absl::StrCat(path, "[]");
      return ElementOf(expected.field->message_type()->map_value());
    }
    const bool list =
        expected.field != nullptr && expected.field->is_repeated() && !expected.element;
    if (expected.message == nullptr || list) return {};
    const FieldDescriptor* field = FindField(*expected.message, name);
    *member = absl::StrCat(path, path.empty() ? "" : ".", field ? field->name() : SafeName(name));
    if (field == nullptr) {
      Misfit(*member, "no such field", "このフィールドはありません");
      return {};
    }
    name = field->name();
    const Descriptor* message = field->message_type();
    const bool own = message != nullptr && HasOwnJsonForm(*message) && !field->is_repeated();
    return own ? Expected() : Expected{field, message, false};
  }

  JsonScanner scanner_;
  const std::string prefix_;
  std::string string_;
  std::vector<Violation> violations_;
};

}  // namespace

absl::Status CheckJson(std::string_view text, const Descriptor& message,
                       const std::string& prefix) {
  if (!IsCleanUtf8(text)) {
    return InvalidFields({{"body", "is not UTF-8 or holds NUL", "UTF-8 ではないか NUL を含みます"}},
                         error::v1::ERROR_REASON_MALFORMED_BODY);
  }
  return Checker(text, prefix).Check(message);
}

}  // namespace staraction::gateway
