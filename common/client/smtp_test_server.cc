#include "common/client/smtp_test_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace staraction::test {

SmtpTestServer::SmtpTestServer(const std::vector<std::string>& options) {
  int in[2];
  int out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) std::abort();
  pid_ = fork();
  if (pid_ == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    // Debian's own interpreter, which finds Debian's packages.
    std::vector<std::string> words = {"/usr/bin/python3", SMTP_TEST_SERVER};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  stdin_ = in[1];
  stdout_ = fdopen(out[0], "r");
  port_ = Line();
}

SmtpTestServer::~SmtpTestServer() {
  close(stdin_);
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
  std::fclose(stdout_);
}

std::string SmtpTestServer::Line() {
  std::string line;
  for (int c = std::fgetc(stdout_); c != EOF && c != '\n'; c = std::fgetc(stdout_)) {
    line += static_cast<char>(c);
  }
  return line;
}

nlohmann::json SmtpTestServer::Next() {
  return nlohmann::json::parse(Line(), nullptr, false);
}

}  // namespace staraction::test
