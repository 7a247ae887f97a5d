#include "tests/isolation/requests.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/base/clock.h"
#include "common/base/id.h"
#include "common/resource/field_behavior.h"
#include "common/resource/policy.h"
#include "common/resource/value.h"
#include "staraction/common/v1/limits.pb.h"

namespace staraction::test {
namespace {

using common::v1::FieldLimits;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Deeper names of a request are in messages that hold themselves.
constexpr size_t kDepth = 5;

const FieldLimits& LimitsOf(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::limits);
}

std::string TextFor(const FieldDescriptor& field, const NameBook& own) {
  const std::set<std::string> kinds = KindsOf(field);
  for (const std::string& kind : kinds) {
    if (!own.First(kind).empty()) return own.First(kind);
  }
  if (!kinds.empty()) {
    std::string name = *kinds.begin();
    for (size_t star = name.find('*'); star != std::string::npos; star = name.find('*')) {
      name.replace(star, 1, NewId(RealClock()()));
    }
    return name;
  }
  switch (LimitsOf(field).format()) {
    case common::v1::TEXT_FORMAT_UUID:
      return NewUuid4();
    case common::v1::TEXT_FORMAT_CORPORATE_NUMBER:
      return "7000012050002";
    case common::v1::TEXT_FORMAT_EMAIL:
      return "somebody@example.jp";
    case common::v1::TEXT_FORMAT_URL:
      return "https://www.example.jp/";
    case common::v1::TEXT_FORMAT_RESOURCE_NAME:
      return "clients/" + NewId(RealClock()());
    default:
      return "x";
  }
}

void FillRequired(Message* message, const NameBook& own, size_t depth);

int64_t NumberFor(const FieldDescriptor& field) {
  const FieldLimits& limits = LimitsOf(field);
  const int64_t least = limits.has_minimum() ? std::max<int64_t>(1, limits.minimum()) : 1;
  return limits.has_maximum() ? std::min(least, limits.maximum()) : least;
}

constexpr int kDaysAhead = 20;

// A date of the coming month or another day, a moment of the last hour, a minute.
void FillValueMessage(Message* message, int days_ahead = kDaysAhead) {
  const Descriptor* type = message->GetDescriptor();
  const auto set = [&](const char* name, int32_t value) {
    message->GetReflection()->SetInt32(message, type->FindFieldByName(name), value);
  };
  if (type->full_name() == "google.type.Date") {
    const absl::CivilDay day = absl::ToCivilDay(RealClock()(), Tokyo()) + days_ahead;
    set("year", static_cast<int32_t>(day.year()));
    set("month", day.month());
    set("day", day.day());
    return;
  }
  const bool moment = type->full_name() == "google.protobuf.Timestamp";
  const int64_t seconds = moment ? absl::ToUnixSeconds(RealClock()()) - 3600 : 60;
  message->GetReflection()->SetInt64(message, type->FindFieldByName("seconds"), seconds);
}

void FillMessage(Message* message, const NameBook& own, size_t depth) {
  if (IsValueMessage(*message->GetDescriptor())) return FillValueMessage(message);
  FillRequired(message, own, depth);
}

template <typename Value, typename Set, typename Add>
void Store(Message* message, const FieldDescriptor& field, Value value, Set set, Add add) {
  const Reflection* reflection = message->GetReflection();
  if (field.is_repeated()) {
    (reflection->*add)(message, &field, std::move(value));
  } else {
    (reflection->*set)(message, &field, std::move(value));
  }
}

void Fill(Message* message, const FieldDescriptor& field, const NameBook& own, size_t depth) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Store(message, field, TextFor(field, own), &Reflection::SetString,
                   &Reflection::AddString);
    case FieldDescriptor::CPPTYPE_ENUM:
      return Store(message, field, std::min(1, field.enum_type()->value_count() - 1),
                   &Reflection::SetEnumValue, &Reflection::AddEnumValue);
    case FieldDescriptor::CPPTYPE_INT32:
      return Store(message, field, static_cast<int32_t>(NumberFor(field)), &Reflection::SetInt32,
                   &Reflection::AddInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return Store(message, field, NumberFor(field), &Reflection::SetInt64, &Reflection::AddInt64);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Store(message, field, 0.5, &Reflection::SetDouble, &Reflection::AddDouble);
    case FieldDescriptor::CPPTYPE_BOOL:
      return Store(message, field, true, &Reflection::SetBool, &Reflection::AddBool);
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const Reflection* reflection = message->GetReflection();
      return FillMessage(field.is_repeated() ? reflection->AddMessage(message, &field)
                                             : reflection->MutableMessage(message, &field),
                         own, depth + 1);
    }
    default:
      return;  // the schema has no other numbers
  }
}

// Takes the field as an existing message has it, whose codes and texts are in order.
bool CopyFromExample(Message* message, const FieldDescriptor& field, const NameBook& own) {
  const Message* example = own.Example(*message->GetDescriptor());
  if (example == nullptr) return false;
  std::unique_ptr<Message> only(example->New());
  only->CopyFrom(*example);
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* other = message->GetDescriptor()->field(i);
    if (other != &field) only->GetReflection()->ClearField(only.get(), other);
  }
  message->MergeFrom(*only);
  return !only->SerializePartialAsString().empty();
}

// What services want beyond what the schemas say: codes of their own, values of an enum that only
// some callers give, bytes of a type; "" for a field that only some callers may leave empty.
const std::string* SampleOf(const FieldDescriptor& field) {
  static const auto* samples = new std::map<std::string, std::string>{
      {"asset.v1.DismissHintRequest.hint", "FLAG_MISSING"},
      {"asset.v1.System.kind", "PC"},
      {"declaration.v1.RecordPledgeRequest.effective_date", "today"},
      {"declaration.v1.UploadPledgeScansRequest.File.data", "\x89PNG\r\n\x1a\n"},
      {"declaration.v1.UploadPledgeScansRequest.File.media_type", "image/png"},
      {"declaration.v1.UploadPledgeScansRequest.effective_date", "today"},
      {"declaration.v1.VerifyPledgeCertificateRequest.seal", std::string(64, 'a')},
      {"diagnosis.v1.EvidenceFile.content", "\x89PNG\r\n\x1a\n"},
      {"diagnosis.v1.EvidenceFile.media_type", "image/png"},
      {"diagnosis.v1.ListAnswerFormsRequest.member", ""},
      {"diagnosis.v1.Measure.text", "x"},
      {"engagement.v1.Activity.title", "x"},
      {"engagement.v1.CreateEvidenceRequest.data", "\x89PNG\r\n\x1a\n"},
      {"engagement.v1.Evidence.media_type", "image/png"},
      {"engagement.v1.ListOpenItemsRequest.member", ""},
      {"risk.v1.ControlState.name", ""},
      {"risk.v1.ThreatState.name", ""},
      {"risk.v1.Treatment.strategy", "STRATEGY_ACCEPT"},
      {"training.v1.Attempt.channel", "CHANNEL_TABLET"},
      {"training.v1.CreateTrainingScanRequest.content", "\x89PNG\r\n\x1a\n"},
      {"training.v1.TrainingScan.media_type", "image/png"}};
  const auto found =
      samples->find(std::string(absl::StripPrefix(field.full_name(), "staraction.")));
  return found == samples->end() ? nullptr : &found->second;
}

void PutSample(Message* message, const FieldDescriptor& field, const std::string& sample) {
  if (field.message_type() != nullptr) {  // "today"
    return FillValueMessage(message->GetReflection()->MutableMessage(message, &field), 0);
  }
  if (field.enum_type() == nullptr) {
    return message->GetReflection()->SetString(message, &field, sample);
  }
  message->GetReflection()->SetEnum(message, &field, field.enum_type()->FindValueByName(sample));
}

void FillRequired(Message* message, const NameBook& own, size_t depth) {
  if (depth > kDepth) return;
  const Descriptor& type = *message->GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const std::string* sample = SampleOf(field);
    if (sample != nullptr && !sample->empty()) {
      PutSample(message, field, *sample);
      continue;
    }
    const bool wanted = sample != nullptr || HasBehavior(field, google::api::REQUIRED);
    if (!wanted || field.is_map() || CopyFromExample(message, field, own)) continue;
    Fill(message, field, own, depth);
  }
}

void Collect(const Descriptor& type, std::vector<const FieldDescriptor*> path,
             std::vector<NameField>& found) {
  if (path.size() >= kDepth || IsValueMessage(type)) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (HasBehavior(*field, google::api::OUTPUT_ONLY) || field->is_map()) continue;
    std::vector<const FieldDescriptor*> below = path;
    below.push_back(field);
    if (field->message_type() != nullptr) {
      const bool again = std::any_of(path.begin(), path.end(), [&](const FieldDescriptor* above) {
        return above->message_type() == field->message_type();
      });
      if (!again) Collect(*field->message_type(), below, found);
    } else if (std::set<std::string> kinds = KindsOf(*field); !kinds.empty()) {
      found.push_back({std::move(below), std::move(kinds)});
    }
  }
}

}  // namespace

std::string NameField::Text() const {
  return absl::StrJoin(path, ".", [](std::string* out, const FieldDescriptor* field) {
    out->append(field->name());
  });
}

std::vector<NameField> NameFields(const Descriptor& request) {
  std::vector<NameField> found;
  Collect(request, {}, found);
  return found;
}

std::unique_ptr<Message> MakeRequest(const google::protobuf::MethodDescriptor& method,
                                     const NameBook& own) {
  std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method.input_type())
                                       ->New());
  FillRequired(request.get(), own, 0);
  for (const NameField& field : NameFields(*method.input_type())) {
    if (field.Text() == PolicyOf(method).scope()) {
      PutName(field, TextFor(*field.path.back(), own), own, request.get());
    }
  }
  return request;
}

void PutName(const NameField& field, const std::string& name, const NameBook& own,
             Message* request) {
  Message* at = request;
  for (size_t i = 0; i + 1 < field.path.size(); ++i) {
    const FieldDescriptor* step = field.path[i];
    const Reflection* reflection = at->GetReflection();
    if (!step->is_repeated()) {
      const bool there = reflection->HasField(*at, step);
      at = reflection->MutableMessage(at, step);
      if (!there) FillRequired(at, own, i + 1);
    } else if (reflection->FieldSize(*at, step) > 0) {
      at = reflection->MutableRepeatedMessage(at, step, 0);
    } else {
      at = reflection->AddMessage(at, step);
      FillRequired(at, own, i + 1);
    }
  }
  const FieldDescriptor* last = field.path.back();
  if (!last->is_repeated()) return at->GetReflection()->SetString(at, last, name);
  at->GetReflection()->ClearField(at, last);
  at->GetReflection()->AddString(at, last, name);
}

}  // namespace staraction::test
