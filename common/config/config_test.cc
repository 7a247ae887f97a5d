#include "common/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using ::staraction::test::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string WriteFile(const std::string& name, const std::string& content) {
  std::string path = testing::TempDir() + "/" + name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

Config MustLoad(const Config::Environment& environment, const std::string& file = "") {
  std::vector<std::string> arguments;
  if (!file.empty()) arguments = {"--config=" + WriteFile("config.json", file)};
  auto config = Config::Load("engagement", arguments, environment);
  EXPECT_OK(config);
  return *std::move(config);
}

TEST(ConfigTest, ServiceVariableBeatsCommonVariableBeatsFileBeatsDefault) {
  const struct {
    const char* name;
    Config::Environment environment;
    const char* file;
    int want;
  } cases[] = {
      {"default", {}, "", 4},
      {"file", {}, R"({"workers": 5})", 5},
      {"file, as text", {}, R"({"workers": "5"})", 5},
      {"common", {{"STARACTION_WORKERS", "6"}}, R"({"workers": 5})", 6},
      {"service",
       {{"STARACTION_WORKERS", "6"}, {"STARACTION_ENGAGEMENT_WORKERS", "7"}},
       R"({"workers": 5})",
       7},
      {"empty is not set", {{"STARACTION_WORKERS", ""}}, R"({"workers": 5})", 5},
      {"another service's", {{"STARACTION_TRAINING_WORKERS", "8"}}, "", 4},
  };
  for (const auto& c : cases) {
    Config config = MustLoad(c.environment, c.file);
    EXPECT_EQ(config.Int("workers", "help", 4, 1, 64), c.want) << c.name;
    EXPECT_OK(config.Finish()) << c.name;
  }
}

TEST(ConfigTest, ReadsEveryType) {
  Config config =
      MustLoad({}, R"({"text": "値", "on": true, "wait": "1m30s", "at": "[::1]:7101"})");
  EXPECT_EQ(config.String("text", "", "x"), "値");
  EXPECT_TRUE(config.Bool("on", "", false));
  EXPECT_EQ(config.Duration("wait", "", absl::Seconds(1), absl::ZeroDuration(), absl::Hours(1)),
            absl::Seconds(90));
  EXPECT_EQ(config.Address("at", "", "127.0.0.1:1"), "[::1]:7101");
  EXPECT_OK(config.Finish());
}

TEST(ConfigTest, BadValuesSayWhatCameAndWhatIsWanted) {
  struct Case {
    const char* value;
    void (*read)(Config&);
    const char* want;
  };
  const auto integer = [](Config& c) { c.Int("k", "", 1, 1, 9); };
  const auto duration = [](Config& c) {
    c.Duration("k", "", absl::Seconds(1), absl::Seconds(1), absl::Minutes(1));
  };
  const auto boolean = [](Config& c) { c.Bool("k", "", true); };
  const auto address = [](Config& c) { c.Address("k", "", ""); };
  const Case cases[] = {
      {"0", integer, "whole number from 1 to 9"},
      {"10", integer, "whole number from 1 to 9"},
      {"1.5", integer, "whole number"},
      {"99999999999999999999", integer, "whole number"},
      {"abc", integer, "whole number"},
      {"5", duration, "duration like"},
      {"500ms", duration, "from 1s to 1m"},
      {"inf", duration, "from 1s to 1m"},
      {"yes", boolean, "true or false"},
      {"1", boolean, "true or false"},
      {"localhost", address, "host:port"},
      {":80", address, "host:port"},
      {"host:", address, "host:port"},
      {"host:65536", address, "host:port"},
      {"host:-1", address, "host:port"},
      {"::1:80", address, "host:port"},
      {"http://host:80", address, "host:port"},
  };
  for (const auto& c : cases) {
    Config config = MustLoad({{"STARACTION_K", c.value}});
    c.read(config);
    EXPECT_THAT(config.Finish(),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("STARACTION_K: got '" + std::string(c.value) + "'"),
                               HasSubstr(c.want))))
        << c.value;
  }
}

TEST(ConfigTest, EveryProblemIsToldAtOnce) {
  Config config = MustLoad({{"STARACTION_ENGAGEMENT_WORKRES", "5"}, {"STARACTION_WORKERS", "x"}},
                           R"({"databse": "x", "other": 1})");
  config.Int("workers", "", 4, 1, 64);
  config.RequiredString("issuer", "");
  config.RequiredAddress("listen", "");
  EXPECT_THAT(config.Finish(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("STARACTION_ENGAGEMENT_WORKRES: no such key"),
                             HasSubstr("STARACTION_WORKERS: got 'x'"), HasSubstr("'databse' in "),
                             HasSubstr("'other' in "), HasSubstr("'issuer' is not set"),
                             HasSubstr("'listen' is not set; wanted host:port"))));
}

TEST(ConfigTest, OtherServicesVariablesAreLeftAlone) {
  Config config = MustLoad({{"STARACTION_TRAINING_X", "1"},
                            {"STARACTION_WROKERS", "1"},
                            {"STARACTION_WORKERS", "2"},
                            {"PATH", "/bin"}});
  config.Int("workers", "", 4, 1, 64);
  EXPECT_OK(config.Finish());
  EXPECT_THAT(config.UnusedVariables(), ElementsAre("STARACTION_TRAINING_X", "STARACTION_WROKERS"));
}

TEST(ConfigTest, SecretsComeFromFiles) {
  const std::string path = WriteFile("secret", "s3cret\n");
  Config config = MustLoad({{"STARACTION_DATABASE_URL_FILE", path}});
  EXPECT_EQ(config.RequiredSecret("database_url", ""), "s3cret");
  EXPECT_EQ(config.Secret("absent", ""), "");
  EXPECT_OK(config.Finish());

  Config direct = MustLoad({{"STARACTION_DATABASE_URL", "s3cret"}});
  EXPECT_EQ(direct.RequiredSecret("database_url", ""), "s3cret");
  EXPECT_OK(direct.Finish());
}

TEST(ConfigTest, BadSecretsAreToldWithoutTheirValue) {
  const std::string path = WriteFile("secret", "s3cret\n");
  const struct {
    const char* name;
    Config::Environment environment;
    const char* want;
  } cases[] = {
      {"missing", {}, "'database_url' is not set"},
      {"both",
       {{"STARACTION_DATABASE_URL", "s3cret"}, {"STARACTION_DATABASE_URL_FILE", path}},
       "give only one"},
      {"no file", {{"STARACTION_DATABASE_URL_FILE", "/nowhere/x"}}, "/nowhere/x"},
      {"empty file", {{"STARACTION_DATABASE_URL_FILE", WriteFile("empty", "\n")}}, "is empty"},
      {"large file",
       {{"STARACTION_DATABASE_URL_FILE", WriteFile("large", std::string(65537, 'x'))}},
       "larger than"},
      {"folder", {{"STARACTION_DATABASE_URL_FILE", testing::TempDir()}}, "cannot be read"},
  };
  for (const auto& c : cases) {
    Config config = MustLoad(c.environment);
    config.RequiredSecret("database_url", "");
    EXPECT_THAT(config.Finish(), StatusIs(absl::StatusCode::kInvalidArgument,
                                          AllOf(HasSubstr(c.want), Not(HasSubstr("s3cret")))))
        << c.name;
  }
}

TEST(ConfigTest, BadFilesAndArgumentsFailAtOnce) {
  const struct {
    const char* name;
    std::string argument;
    const char* want;
  } cases[] = {
      {"no file", "--config=/nowhere/x.json", "/nowhere/x.json"},
      {"no JSON", "--config=" + WriteFile("a.json", "workers=4"), "not valid JSON"},
      {"key twice", "--config=" + WriteFile("b.json", R"({"a":1,"a":2})"), "twice"},
      {"nested", "--config=" + WriteFile("c.json", R"({"a":{"b":1}})"), "'a' is object"},
      {"list", "--config=" + WriteFile("d.json", R"({"a":[1]})"), "'a' is array"},
      {"null", "--config=" + WriteFile("e.json", R"({"a":null})"), "'a' is null"},
      {"unknown flag", "--verbose", "--verbose"},
      {"word", "serve", "serve"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Config::Load("engagement", {c.argument}, {}).status().message(), HasSubstr(c.want))
        << c.name;
  }
}

TEST(ConfigTest, HelpListsTheRegisteredKeys) {
  ASSERT_OK_AND_ASSIGN(Config config, Config::Load("engagement", {"--help"}, {}));
  config.Int("workers", "requests at once", 4, 1, 64);
  config.RequiredSecret("database_url", "PostgreSQL URI");
  EXPECT_TRUE(config.help_asked());
  EXPECT_EQ(config.Help(),
            "staraction-engagement [--config=FILE] [--help]\n\n"
            "FILE is a JSON object with the keys below. The variable STARACTION_<KEY> beats it, "
            "and STARACTION_ENGAGEMENT_<KEY> beats both.\n"
            "\ndatabase_url\n    PostgreSQL URI\n    text; required\n"
            "\ndatabase_url_file\n    file with database_url\n    path of a file\n"
            "\nworkers\n    requests at once\n    whole number from 1 to 64; default: 4\n");
}

}  // namespace
}  // namespace staraction
