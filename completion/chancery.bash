# Completion of chancery for bash: source <(chancery completion bash)
_chancery() {
    local IFS=$'\n'
    mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
}
complete -o default -F _chancery chancery
