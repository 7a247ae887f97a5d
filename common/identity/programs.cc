#include "common/identity/programs.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace staraction {

const std::vector<Service>& Services() {
  static const auto& services = *new std::vector<Service>{
      {"engagement", 7101, {"training", "diagnosis", "asset", "risk", "document", "declaration"}},
      {"training", 7102, {"engagement"}},
      {"diagnosis", 7103, {"engagement", "training", "asset", "risk", "document", "declaration"}},
      {"asset", 7104, {"engagement"}},
      {"risk", 7105, {"engagement", "diagnosis", "asset"}},
      {"document", 7106, {"engagement", "training", "diagnosis", "asset", "risk", "declaration"}},
      {"declaration", 7107, {"engagement", "diagnosis", "document"}},
  };
  return services;
}

const Service* FindService(const std::string& name) {
  for (const Service& service : Services()) {
    if (service.name == name) return &service;
  }
  return nullptr;
}

std::string LocalAddress(const Service& service) {
  return absl::StrCat("127.0.0.1:", service.port);
}

std::vector<std::string> CallersOf(const std::string& service) {
  std::vector<std::string> callers;
  for (const Service& other : Services()) {
    if (std::count(other.peers.begin(), other.peers.end(), service) > 0) {
      callers.push_back(other.name);
    }
  }
  return callers;
}

bool IsProgram(const std::string& name) {
  return name == kGateway || name == kOperator || FindService(name) != nullptr;
}

}  // namespace staraction
