// Our JSON against protobuf's own, over random messages of every schema.

#include <gtest/gtest.h>

#include <random>

#include <nlohmann/json.hpp>

#include "common/json/message_reader.h"
#include "common/json/message_writer.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/descriptor_database.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/gateway/transcode/json_reader.h"

namespace staraction {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

constexpr int kMessagesOfAType = 40;
constexpr int kDepth = 4;

const char* const kTexts[] = {"",       "台帳 \"A\"\\b", "line\nfeed\ttab", "<&>\x7f \xe2\x80\xa8",
                              "𠮷野家", "\x01\x1f"};

class RandomMessage {
 public:
  explicit RandomMessage(uint32_t seed) : random_(seed) {}

  void Fill(Message* message, int depth) {
    const Descriptor* type = message->GetDescriptor();
    if (type == google::protobuf::Timestamp::descriptor()) {
      auto* time = static_cast<google::protobuf::Timestamp*>(message);
      time->set_seconds(
          std::uniform_int_distribution<int64_t>(-2'000'000'000, 4'000'000'000)(random_));
      time->set_nanos(Below(3) * 123'000'000);
      return;
    }
    if (type->well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED) return;
    for (int i = 0; i < type->field_count(); ++i) {
      if (Below(3) > 0) FillField(message, type->field(i), depth);
    }
  }

 private:
  int Below(int end) { return static_cast<int>(random_() % static_cast<uint32_t>(end)); }

  void FillField(Message* message, const FieldDescriptor* field, int depth) {
    const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (nested && depth == 0) return;
    const int count = field->is_map() ? Below(2) : field->is_repeated() ? Below(3) : 1;
    for (int i = 0; i < count; ++i) FillValue(message, field, depth);
  }

  template <typename Value, typename Set, typename Add>
  static void Put(Message* message, const FieldDescriptor* field, Value value, Set set, Add add) {
    if (field->is_repeated()) {
      (message->GetReflection()->*add)(message, field, value);
    } else {
      (message->GetReflection()->*set)(message, field, value);
    }
  }

  void FillValue(Message* message, const FieldDescriptor* field, int depth) {
    using Reflection = google::protobuf::Reflection;
    const int number = Below(5) * 1'234'567 - 2'000'000;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return Put(message, field, Below(2) == 1, &Reflection::SetBool, &Reflection::AddBool);
      case FieldDescriptor::CPPTYPE_INT32:
        return Put(message, field, number, &Reflection::SetInt32, &Reflection::AddInt32);
      case FieldDescriptor::CPPTYPE_INT64:
        return Put(message, field, int64_t{number} * 9'999'999'999, &Reflection::SetInt64,
                   &Reflection::AddInt64);
      case FieldDescriptor::CPPTYPE_UINT32:
        return Put(message, field, 4'000'000'000U, &Reflection::SetUInt32, &Reflection::AddUInt32);
      case FieldDescriptor::CPPTYPE_UINT64:
        return Put(message, field, 18'000'000'000'000'000'000U, &Reflection::SetUInt64,
                   &Reflection::AddUInt64);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return Put(message, field, number / 3.0, &Reflection::SetDouble, &Reflection::AddDouble);
      case FieldDescriptor::CPPTYPE_FLOAT:
        return Put(message, field, static_cast<float>(number) / 8, &Reflection::SetFloat,
                   &Reflection::AddFloat);
      case FieldDescriptor::CPPTYPE_ENUM: {
        const auto* value = field->enum_type()->value(Below(field->enum_type()->value_count()));
        return Put(message, field, value, &Reflection::SetEnum, &Reflection::AddEnum);
      }
      case FieldDescriptor::CPPTYPE_STRING:
        return Put(message, field, std::string(kTexts[Below(6)]), &Reflection::SetString,
                   &Reflection::AddString);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Fill(field->is_repeated() ? message->GetReflection()->AddMessage(message, field)
                                         : message->GetReflection()->MutableMessage(message, field),
                    depth - 1);
    }
  }

  std::mt19937 random_;
};

void AddTypes(const Descriptor* type, std::vector<const Descriptor*>& types) {
  if (type->options().map_entry()) return;
  types.push_back(type);
  for (int i = 0; i < type->nested_type_count(); ++i) AddTypes(type->nested_type(i), types);
}

// All messages of the product's schemas.
std::vector<const Descriptor*> Types() {
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::vector<const Descriptor*> types;
  for (const std::string& name : files) {
    if (name.rfind("staraction/", 0) != 0) continue;
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    for (int i = 0; i < file->message_type_count(); ++i) AddTypes(file->message_type(i), types);
  }
  return types;
}

nlohmann::json Ours(const Message& message, const JsonStyle& style) {
  std::string json;
  AppendJson(message, style, json);
  return nlohmann::json::parse(json);
}

nlohmann::json Protobufs(const Message& message, const JsonStyle& style) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = style.schema_names;
  options.always_print_primitive_fields = style.with_defaults;
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &json, options).ok());
  return nlohmann::json::parse(json);
}

template <typename Try>
void WithRandomMessages(Try look) {
  RandomMessage random(20261128);
  int looked = 0;
  for (const Descriptor* type : Types()) {
    const Message* prototype = MessageFactory::generated_factory()->GetPrototype(type);
    for (int i = 0; i < kMessagesOfAType; ++i) {
      const std::unique_ptr<Message> message(prototype->New());
      random.Fill(message.get(), kDepth);
      look(*message);
      ++looked;
      ASSERT_FALSE(testing::Test::HasFailure()) << message->GetTypeName();
    }
  }
  EXPECT_GT(looked, 20'000);
}

TEST(JsonTest, WritesWhatProtobufWrites) {
  WithRandomMessages([](const Message& message) {
    for (const bool schema_names : {false, true}) {
      for (const bool with_defaults : {false, true}) {
        const JsonStyle style{schema_names, with_defaults};
        EXPECT_EQ(Ours(message, style), Protobufs(message, style));
      }
    }
  });
}

TEST(JsonTest, ReadsWhatItWrote) {
  WithRandomMessages([](const Message& message) {
    const std::unique_ptr<Message> read(message.New());
    std::vector<const FieldDescriptor*> set;
    message.GetReflection()->ListFields(message, &set);
    for (const FieldDescriptor* field : set) {
      std::string json;
      AppendJsonValue(message, field, {.schema_names = true}, json);
      EXPECT_TRUE(MergeStoredJson(json, field, read.get())) << field->full_name() << ": " << json;
    }
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*read, message))
        << message.ShortDebugString();
  });
}

TEST(JsonTest, TheGatewayReadsWhatItWrote) {
  WithRandomMessages([](const Message& message) {
    for (const bool schema_names : {false, true}) {
      std::string json;
      AppendJson(message, {schema_names, true}, json);
      const std::unique_ptr<Message> read(message.New());
      EXPECT_EQ(gateway::ReadJson(json, "", read.get()), absl::OkStatus()) << json;
      EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*read, message)) << json;
    }
  });
}

TEST(JsonTest, LeavesOutWhatTheSchemaDoesNotKnowAndSaysWhatDoesNotFit) {
  const auto* type = google::protobuf::FieldDescriptorProto::descriptor();
  google::protobuf::FieldDescriptorProto message;
  const auto merge = [&](const char* field, const char* json) {
    return MergeStoredJson(json, type->FindFieldByName(field), &message);
  };
  EXPECT_TRUE(merge("options", R"({"lazy": true, "newer": {"a": [1]}, "ctype": "CTYPE_NEWER"})"));
  EXPECT_TRUE(message.options().lazy());
  EXPECT_FALSE(message.options().has_ctype());
  EXPECT_FALSE(merge("options", R"({"lazy": "yes"})"));
  EXPECT_FALSE(merge("options", R"([])"));
  EXPECT_FALSE(merge("number", R"("twelve")"));
  EXPECT_FALSE(merge("number", "3000000000"));
  EXPECT_FALSE(merge("number", R"({)"));
}

}  // namespace
}  // namespace staraction
