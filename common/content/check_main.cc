// staraction-content-check [directory]: checks the built-in packs and those in the directory's
// folders, prints every problem on a line of its own, exits 1 if there is one.
#include <iostream>

#include "common/content/library.h"

int main(int argc, char** argv) {
  if (argc > 2) {
    std::cerr << "usage: staraction-content-check [directory of packs]\n";
    return 2;
  }
  const auto library = staraction::content::Library::Load(argc == 2 ? argv[1] : "");
  if (!library.ok()) {
    std::cerr << library.status().message() << "\n";
    return 1;
  }
  for (const auto& problem : (*library)->problems()) std::cerr << problem.ToString() << "\n";
  for (const auto& pack : (*library)->packs()) {
    std::cout << pack->urn() << " version " << pack->version() << ": " << pack->title().ja()
              << "\n";
  }
  return (*library)->problems().empty() ? 0 : 1;
}
